import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Where `vite dev` finds the API; the built app is served by the server itself. */
const apiOrigin = process.env['ATLAS_API_ORIGIN'] ?? 'http://127.0.0.1:8080';

export default defineConfig({
  root: here('.'),
  plugins: [react(), tailwindcss()],
  resolve: {
    alias: {
      '@': here('./src'),
      // The scroll lock of Radix dialogs writes <style> elements, which a strict style-src refuses.
      'react-style-singleton': here('./src/app/style-singleton.ts'),
    },
  },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    manifest: true,
    // No data: URLs and no inline preload helper script: both would need holes in the CSP.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
    target: 'es2023',
  },
  server: {
    proxy: { '/api': apiOrigin, '/dev': apiOrigin, '/health': apiOrigin },
  },
});

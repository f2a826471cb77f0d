import './styles.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { Tooltip } from 'radix-ui';
import { lazy, StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router';
import { startI18n } from './app/i18n.ts';
import { queryClient } from './app/query-client.ts';
import { watchTheme } from './app/theme.ts';
import { createAppRouter } from './routes.tsx';

const Toaster = lazy(() => import('./ui/toaster.tsx').then((module) => ({ default: module.Toaster })));

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');

watchTheme();
await startI18n();
const router = createAppRouter();
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <Tooltip.Provider delayDuration={350} skipDelayDuration={150}>
        <Suspense fallback={null}>
          <RouterProvider router={router} />
        </Suspense>
        <Suspense fallback={null}>
          <Toaster />
        </Suspense>
      </Tooltip.Provider>
    </QueryClientProvider>
  </StrictMode>,
);

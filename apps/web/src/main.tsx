import './styles.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { Tooltip } from 'radix-ui';
import { StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router';
import { startI18n } from './app/i18n.ts';
import { queryClient } from './app/query-client.ts';
import { watchTheme } from './app/theme.ts';
import { createAppRouter } from './routes.tsx';
import { Toaster } from './ui/toaster.tsx';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');

watchTheme();
await startI18n();
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <Tooltip.Provider delayDuration={350} skipDelayDuration={150}>
        <Suspense fallback={null}>
          <RouterProvider router={createAppRouter()} />
          <Toaster />
        </Suspense>
      </Tooltip.Provider>
    </QueryClientProvider>
  </StrictMode>,
);

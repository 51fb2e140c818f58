import { defineConfig } from 'vitest/config';

// `react-server` makes 'server-only' a no-op, as it is inside Next's server bundle.
const shared = { resolve: { conditions: ['react-server', 'node', 'import', 'default'] } };

export default defineConfig({
  test: {
    projects: [
      {
        ...shared,
        ssr: { resolve: { conditions: ['react-server', 'node', 'import', 'default'] } },
        test: {
          name: 'unit',
          include: ['{lib,server,components}/**/*.test.ts'],
          environment: 'node',
          // A shared machine may stall for seconds.
          testTimeout: 30_000,
          retry: process.env.CI ? 1 : 0,
        },
      },
      {
        ...shared,
        ssr: { resolve: { conditions: ['react-server', 'node', 'import', 'default'] } },
        test: {
          name: 'imap',
          include: ['tests/imap/**/*.test.ts'],
          environment: 'node',
          testTimeout: 30_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
          retry: process.env.CI ? 1 : 0,
        },
      },
    ],
  },
});

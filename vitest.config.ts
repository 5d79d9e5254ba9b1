import { defineConfig } from 'vitest/config';

const project = (name: string, testTimeout = 10_000) => ({
  extends: true as const,
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`, `test/${name}/**/*.test.tsx`],
    testTimeout,
    hookTimeout: 60_000,
  },
});

export default defineConfig({
  test: {
    silent: 'passed-only',
    env: {
      POWERTOOLS_LOG_LEVEL: 'SILENT',
      POWERTOOLS_METRICS_DISABLED: 'true',
    },
    // Packages in CommonJS are imported as Node imports them.
    deps: { interopDefault: false },
    expect: { requireAssertions: true },
    // Vitest leaves one core to others, which on two is half of them.
    maxWorkers: '100%',
    projects: [
      project('unit'),
      project('contract', 30_000),
      project('integration', 120_000),
      project('infra', 120_000),
      project('simulation', 300_000),
      project('deployed', 300_000),
      project('load', 300_000),
    ],
  },
});

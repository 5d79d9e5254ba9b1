import { createRoute } from '@hono/zod-openapi';
import * as z from 'zod';
import { REGISTRY_COLUMNS, type RegistryColumn } from '../../shared/domain/registry/registry-row.js';
import { json, jsonBody, routes, type ApiDeps } from './api.js';
import { checkRows } from './check-rows.js';
import { importRows, ImportReport, refusedImport } from './import-rows.js';
import { ProblemError } from './problem.js';

const MOST_ROWS = 500;

const cell = z.string().max(4096);

/** A row of registry.csv as it is written there; the cells are checked by the import, all at once. */
const WrittenRow = z.strictObject({
  employeeNumber: cell,
  employmentType: cell,
  name: cell,
  email: cell,
  unit: cell,
  supervisorEmployeeNumber: cell,
  area: cell,
  network: cell,
  handle: cell,
  declarationRef: cell,
  declaredOn: cell,
  noticeVersion: cell,
  effectiveFrom: cell,
  effectiveTo: cell,
} satisfies Record<RegistryColumn, typeof cell>);

const rows = createRoute({
  method: 'post',
  path: '/registry/rows',
  summary: 'Import rows of the registry: people, and the accounts that they have declared',
  description:
    `At most ${MOST_ROWS} rows with the columns ${REGISTRY_COLUMNS.join(', ')}, all as text. ` +
    'If anything is wrong with any row, nothing is imported and every fault is named. Importing again changes nothing.',
  request: { body: jsonBody(z.strictObject({ rows: z.array(WrittenRow).min(1).max(MOST_ROWS) })) },
  responses: { 200: json(ImportReport, 'What was imported, or what is wrong') },
});

export const registryRoutes = (
  deps: Pick<ApiDeps, 'agency' | 'people' | 'accounts' | 'record' | 'guard' | 'now'>,
) => {
  const app = routes();
  app.openapi(rows, async (c) => {
    const agency = await deps.agency.read();
    if (agency === null) throw new ProblemError('not-found');
    const at = deps.now();
    const around = { ...deps, settings: agency, key: await deps.agency.hashKey(), at };
    const checked = await checkRows(c.req.valid('json').rows, around);
    if (checked.faults.length > 0) return c.json(ImportReport.parse(refusedImport(checked.faults)), 200);
    const person = c.get('caller').person.id;
    await deps.record.append({ kind: 'act', at, person, act: 'registry-imported' });
    return c.json(ImportReport.parse(await importRows(checked, around)), 200);
  });
  return app;
};

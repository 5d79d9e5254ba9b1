import { createRoute } from '@hono/zod-openapi';
import * as z from 'zod';
import { ANSWER, LINE, LINK } from '../../shared/domain/limits.js';
import { hashIn } from '../../shared/domain/file-kinds.js';
import { fileIn, filesOf, savedAs, uploadsOf } from '../../shared/domain/files.js';
import { filesIn } from '../../shared/domain/review/views.js';
import { Instant, plus } from '../../shared/domain/time.js';
import { inParallel } from '../../shared/in-parallel.js';
import { json, routes, type ApiDeps } from './api.js';
import { callLimit } from './call-limit.js';
import { myData, type MyDataDeps } from './my-data.js';
import { myFiles } from './my-files.js';
import { myRest, type MyRestDeps } from './my-rest.js';
import { ProblemError } from './problem.js';

/** How long a link hands a file out. The files themselves are deleted after 7 days. */
const LINK_SECONDS = 15 * 60;

const Copy = z.strictObject({
  files: z
    .array(z.strictObject({ name: z.string().max(LINE), bytes: z.int(), link: z.url().max(LINK) }))
    .max(ANSWER),
  /** Until when the links are good. */
  linksUntil: Instant,
});

const take = createRoute({
  method: 'post',
  path: '/me/exports',
  summary: 'Take a copy of all that is on record of oneself, as JSON and as CSV',
  description:
    'The links are good for 15 minutes, for whoever has them; the files are deleted after 7 days. Employee numbers stay masked.',
  responses: { 201: json(Copy, 'Links to the files') },
});

/** A copy reads all that there is of somebody; nobody needs one a second. */
const LIMIT = { burst: 10, perSecond: 0.5 };

type ExportDeps = MyDataDeps & MyRestDeps & Pick<ApiDeps, 'files' | 'salt'>;

export const exportRoutes = (deps: ExportDeps) => {
  const { files, record, now, salt } = deps;
  const goesOn = callLimit(LIMIT, now);
  const app = routes();

  app.openapi(take, async (c) => {
    if (!goesOn()) throw new ProblemError('too-many');
    const caller = c.get('caller');
    const { person } = caller;
    const data = await myData(deps)(caller);
    const rest = await myRest(deps)(caller, data);
    // A copy shows every finding, so each is a look like any other.
    for (const { id } of data.findings)
      await record.append({ kind: 'read', at: now(), person: person.id, finding: id });
    await record.append({ kind: 'act', at: now(), person: person.id, act: 'data-exported' });
    const folder = filesOf({ person: person.id });
    const mark = `${now().replaceAll(/\D/g, '')}-${salt().slice(0, 16)}`;
    const copies = await inParallel(myFiles(data, rest), async ({ name, type, text }) => {
      const key = fileIn(folder, `${mark}-${name}`);
      const bytes = new TextEncoder().encode(text);
      await files.put(key, { bytes, type });
      return { name, bytes: bytes.length, link: await files.link(key, { seconds: LINK_SECONDS, name }) };
    });
    // What came with a finding lies there already.
    const given = await inParallel(
      data.findings.flatMap((finding) => filesIn(finding).map((kept) => ({ id: finding.id, kept }))),
      async ({ id, kept }) => {
        const name = `${hashIn(kept.file).slice(0, 8)}-${savedAs(kept)}`;
        const key = fileIn(filesOf({ finding: id }), kept.file);
        return { name, bytes: kept.bytes, link: await files.link(key, { seconds: LINK_SECONDS, name }) };
      },
    );
    const waiting = await inParallel(rest.uploads, async ({ file, bytes }) => {
      const name = `${hashIn(file).slice(0, 8)}-${savedAs({ file, bytes, name: 'upload' })}`;
      const key = fileIn(uploadsOf(person.id), file);
      return { name, bytes, link: await files.link(key, { seconds: LINK_SECONDS, name }) };
    });
    return c.json(
      Copy.parse({
        files: [...copies, ...given, ...waiting],
        linksUntil: plus(now(), { seconds: LINK_SECONDS }),
      }),
      201,
    );
  });

  return app;
};

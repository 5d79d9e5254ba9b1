import { createRoute } from '@hono/zod-openapi';
import * as z from 'zod';
import { FileName, hashIn } from '../../shared/domain/file-kinds.js';
import { fileIn, filesOf, savedAs } from '../../shared/domain/files.js';
import { FindingId } from '../../shared/domain/ids.js';
import { filesIn } from '../../shared/domain/review/views.js';
import { plus } from '../../shared/domain/time.js';
import { handedOut, seenBy, type ReadDeps } from './act-on-finding.js';
import { Handout, json, routes, type ApiDeps } from './api.js';
import { ProblemError } from './problem.js';

const LINK_SECONDS = 300;

const fetchFile = createRoute({
  method: 'get',
  path: '/findings/{id}/files/{file}',
  summary: 'Get a link to a file that came with a finding: a capture, or what the holder attached',
  description:
    'The link lasts five minutes and hands the file out to be saved, never to be shown. Whoever may not see the part of the ' +
    'finding that the file belongs to gets nothing: before the first decision there are no files for an analyst. The look is ' +
    'put on record.',
  request: { params: z.strictObject({ id: FindingId, file: FileName }) },
  responses: { 200: json(Handout, 'Where the file is') },
});

type FileDeps = ReadDeps & Pick<ApiDeps, 'files'>;

export const fileRoutes = (deps: FileDeps) => {
  const app = routes();
  app.openapi(fetchFile, async (c) => {
    const { id, file } = c.req.valid('param');
    const { view } = await seenBy(c.get('caller'), id, deps);
    const kept = filesIn(view).find((one) => one.file === file);
    if (kept === undefined) throw new ProblemError('not-found');
    await handedOut(c.get('caller'), view, deps);
    const name = savedAs(kept);
    const link = await deps.files.link(fileIn(filesOf({ finding: id }), file), {
      seconds: LINK_SECONDS,
      name,
    });
    const linkUntil = plus(deps.now(), { seconds: LINK_SECONDS });
    return c.json(Handout.parse({ name, bytes: kept.bytes, sha256: hashIn(file), link, linkUntil }), 200);
  });
  return app;
};

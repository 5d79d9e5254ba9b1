import { createRoute } from '@hono/zod-openapi';
import * as z from 'zod';
import { LINE, LINK } from '../../shared/domain/limits.js';
import { FILE_KINDS, FileKindName, FileName, fileName } from '../../shared/domain/file-kinds.js';
import { fileIn, uploadsOf } from '../../shared/domain/files.js';
import { Instant, plus } from '../../shared/domain/time.js';
import { json, jsonBody, routes, type ApiDeps } from './api.js';
import { callLimit } from './call-limit.js';
import { ProblemError } from './problem.js';

/** Long enough for 25 MB over a slow line, and for nothing else. */
const LINK_SECONDS = 10 * 60;

/** How many files somebody may have uploaded and not used yet. */
const MOST_WAITING = 10;

const LIMIT = { burst: 40, perSecond: 2 };

const Announced = z
  .strictObject({
    kind: FileKindName,
    bytes: z.int().positive(),
    sha256: z
      .string()
      .length(64)
      .regex(/^[0-9a-f]{64}$/),
  })
  .refine(({ kind, bytes }) => bytes <= FILE_KINDS[kind].mostBytes, {
    path: ['bytes'],
    error: `is more than is taken: ${Object.entries(FILE_KINDS)
      .map(([kind, { mostBytes }]) => `${kind} ${mostBytes}`)
      .join(', ')}`,
  });

const Upload = z.strictObject({
  /** What an answer, an objection or a submission names the file by. */
  upload: FileName,
  /** Where to PUT these very bytes, with these headers. */
  link: z.url().max(LINK),
  headers: z.record(z.string().max(LINE), z.string().max(LINE)),
  linkUntil: Instant,
});

const announce = createRoute({
  method: 'post',
  path: '/uploads',
  summary: 'Get a link to which one file may be uploaded: a picture, a PDF, a text or a short video',
  description:
    'The link takes the announced bytes and no others. The file is named in an answer, an objection or a submission within a ' +
    'day; it is deleted otherwise. Nobody but whoever uploaded it can use it.',
  request: { body: jsonBody(Announced) },
  responses: { 201: json(Upload, 'Where the file goes') },
});

export const uploadRoutes = ({ files, now }: Pick<ApiDeps, 'files' | 'now'>) => {
  const goesOn = callLimit(LIMIT, now);
  const app = routes();
  app.openapi(announce, async (c) => {
    if (!goesOn()) throw new ProblemError('too-many');
    const { kind, bytes, sha256 } = c.req.valid('json');
    const folder = uploadsOf(c.get('caller').person.id);
    if ((await files.list(folder)).length >= MOST_WAITING)
      throw new ProblemError('not-now', {
        detail: `There are ${MOST_WAITING} files of yours already that nothing names yet; they end within a day.`,
      });
    const upload = fileName(sha256, kind);
    const { link, headers } = await files.uploadLink(fileIn(folder, upload), {
      bytes,
      sha256,
      type: FILE_KINDS[kind].type,
      seconds: LINK_SECONDS,
    });
    const linkUntil = plus(now(), { seconds: LINK_SECONDS });
    return c.json(Upload.parse({ upload, link, headers, linkUntil }), 201);
  });
  return app;
};

import { createHash } from 'node:crypto';
import { createRoute } from '@hono/zod-openapi';
import { strToU8, zipSync } from 'fflate';
import * as z from 'zod';
import type { FileName } from '../../shared/domain/file-kinds.js';
import { fileIn, filesOf } from '../../shared/domain/files.js';
import { FindingId } from '../../shared/domain/ids.js';
import { evidenceOf, hasEvidence, type Evidence } from '../../shared/domain/review/evidence.js';
import { filesIn, viewOf } from '../../shared/domain/review/views.js';
import { instant, plus } from '../../shared/domain/time.js';
import { provisionText } from '../../shared/mail/provision-text.js';
import { Handout, json, routes, type ApiDeps } from './api.js';
import { evidencePage } from './evidence-page.js';
import { ProblemError } from './problem.js';
import { standingsTo, type SightDeps } from './sightings.js';

const LINK_SECONDS = 300;

const make = createRoute({
  method: 'post',
  path: '/findings/{id}/evidence',
  summary: 'Make the evidence pack of a referred finding, for a person to file; nothing is filed by itself',
  description:
    'For the superior who examines the matter and, to be on equal terms, for the holder. The pack is put on record and ' +
    'handed out by a link that lasts five minutes.',
  request: { params: z.strictObject({ id: FindingId }) },
  responses: { 201: json(Handout, 'Where the pack is') },
});

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** The same pack is the same bytes: its files carry the time at which the matter last changed. */
const zipped = (evidence: Evidence, given: Readonly<Record<string, Uint8Array>>): Uint8Array => {
  const files = {
    'bukti.html': strToU8(evidencePage(evidence)),
    'bukti.json': strToU8(`${JSON.stringify(evidence, null, 2)}\n`),
    ...given,
  };
  const sums = Object.entries(files).map(([name, bytes]) => `${sha256(bytes)}  ${name}\n`);
  const mtime = evidence.chain.at(-1)?.at ?? instant(new Date(0));
  // Pictures and videos are as small as they get.
  return zipSync({ ...files, SHA256SUMS: strToU8(sums.join('')) }, { mtime, level: 1 });
};

type EvidenceDeps = SightDeps & Pick<ApiDeps, 'findings' | 'record' | 'files' | 'report'>;

export const evidenceRoutes = (deps: EvidenceDeps) => {
  const app = routes();
  app.openapi(make, async (c) => {
    const caller = c.get('caller');
    const finding = await deps.findings.byId(c.req.valid('param').id);
    const [standing] = finding === null ? [] : await standingsTo(deps)(caller, [finding]);
    const mine = standing?.party.isHolder === true || standing?.party.isSupervisor === true;
    if (finding === null || standing === undefined || !mine || viewOf(standing) === null)
      throw new ProblemError('not-found');
    if (!hasEvidence(finding))
      throw new ProblemError('not-now', {
        detail: 'There is evidence only of what was referred and stands.',
      });
    // The holder gets what the superior gets, word for word.
    const asSuperior = { ...standing.party, isHolder: false, isSupervisor: true };
    const view = viewOf({ ...standing, party: asSuperior });
    const [agency, packs, [account]] = await Promise.all([
      deps.agency.read(),
      deps.packs.active(),
      deps.accounts.byIds([finding.account]),
    ]);
    if (view?.view !== 'supervisor' || agency === null || account === undefined)
      throw new Error('A referred finding is there for the superior');
    const provisions = finding.indication.provisions.map((id) => ({
      id,
      text: provisionText(packs.code, [id], 'id').replace(`${id}: `, ''),
    }));
    const { name, timeZone } = agency;
    const folder = filesOf({ finding: finding.id });
    const given: Record<string, Uint8Array> = {};
    // A picture whose message waited in a dead-letter queue for longer than pictures are kept, for one.
    const missing: FileName[] = [];
    const there = new Set((await deps.files.list(folder)).map(({ key }) => key));
    for (const { file } of filesIn(view)) {
      const key = fileIn(folder, file);
      const kept = there.has(key) ? await deps.files.read(key) : null;
      if (kept === null) missing.push(file);
      else given[`berkas/${file}`] = kept;
    }
    if (missing.length > 0)
      deps.report('evidence-files-missing', { files: missing.length, finding: finding.id });
    const evidence = evidenceOf({ agency: name, timeZone, finding, view, account, provisions, missing });
    const bytes = zipped(evidence, given);
    const hash = sha256(bytes);
    const at = deps.now();
    await deps.record.append({ kind: 'evidence', at, person: caller.person.id, finding: finding.id, hash });
    const key = fileIn(folder, `evidence-${hash.slice(0, 32)}.zip`);
    await deps.files.put(key, { bytes, type: 'application/zip' });
    const file = `paket-bukti-${finding.id}.zip`;
    const link = await deps.files.link(key, { seconds: LINK_SECONDS, name: file });
    const linkUntil = plus(at, { seconds: LINK_SECONDS });
    return c.json(Handout.parse({ name: file, bytes: bytes.length, sha256: hash, link, linkUntil }), 201);
  });
  return app;
};

import type { Reach } from '../reach.js';
import type { BlueskySettings } from './did-document.js';

const CALL = {
  commit: '/xrpc/com.atproto.sync.getLatestCommit',
  status: '/xrpc/com.atproto.sync.getRepoStatus',
  records: '/xrpc/com.atproto.repo.listRecords',
  record: '/xrpc/com.atproto.repo.getRecord',
  handle: '/xrpc/com.atproto.identity.resolveHandle',
} as const;
const DOCUMENT = '/.well-known/did.json';

/**
 * Repositories stand on any server, so that of a subject or of an account that is looked up is asked by its path alone.
 * The documents of identities say which; those of `did:plc` stand in the directory.
 */
export const blueskyReach = ({ plcDirectory, appView }: BlueskySettings): readonly Reach[] => [
  { with: 'scan', host: 'of-permit', path: CALL.commit },
  { with: 'scan', host: 'of-permit', path: CALL.status },
  { with: 'scan', host: 'of-permit', path: CALL.records },
  { with: 'scan', host: 'of-permit', path: CALL.record },
  ...(['scan', 'context', 'identity'] as const).flatMap((kind): Reach[] => [
    { with: kind, host: { origin: plcDirectory }, path: '/*' },
    { with: kind, host: 'any', path: DOCUMENT },
  ]),
  { with: 'context', host: 'any', path: CALL.record },
  { with: 'identity', host: 'of-permit', path: '/.well-known/atproto-did' },
  { with: 'identity', host: { origin: appView }, path: CALL.handle },
  { with: 'identity', host: 'any', path: CALL.status },
  { with: 'identity', host: 'any', path: CALL.record },
  { with: 'identity', host: 'any', path: CALL.records },
];

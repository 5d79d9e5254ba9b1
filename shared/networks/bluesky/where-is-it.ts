import type { ScanPermit } from '../../domain/registry/permit.js';
import type { Reading } from '../connector.js';
import { DidDocument, documentAddress, originOf, serverIn, type BlueskySettings } from './did-document.js';
import { RepoStatus } from './lexicons.js';
import { ask, callOf, type Tools } from './xrpc.js';

type End = Pick<Reading, 'reason' | 'throttle' | 'stop'>;

const end = (reason: End['reason'], stop = false): End => ({ reason, throttle: null, stop });

/**
 * Why a server does not show a repository: it is locked, or it moved to another server, or it is gone. Unknown, deactivated
 * and suspended ones all answer 400; their status tells which, and the identity's document where it is now.
 */
export const whereIsIt = async (
  permit: ScanPermit,
  tools: Tools,
  settings: BlueskySettings,
): Promise<End> => {
  const did = permit.identity.id;
  const address = callOf(originOf(permit.host, settings.guard), 'com.atproto.sync.getRepoStatus', { did });
  const status = await ask(tools, permit, address, RepoStatus);
  if (status.kind === 'failed') return { ...end(status.reason), throttle: status.throttle };
  // It says that all is well and shows nothing.
  if (status.kind === 'ok' && status.data.active) return end('malformed');
  if (status.kind === 'ok' && (status.data.status === 'takendown' || status.data.status === 'suspended'))
    return end('suspended');

  const document = documentAddress(did, settings);
  const identity = document === null ? null : await ask(tools, permit, document, DidDocument);
  if (identity === null) return end('malformed');
  if (identity.kind === 'failed') return { ...end(identity.reason), throttle: null };
  // The directory says by 410 that an identity was ended for good.
  if (identity.kind === 'refused') return end('gone', identity.status === 410);
  const server = serverIn(identity.data, settings.guard);
  return end(server !== null && server.host !== permit.host ? 'renamed' : 'gone');
};

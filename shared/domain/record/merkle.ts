import { createHash } from 'node:crypto';

/** A leaf and a node are hashed apart, so that none can be passed off as the other (RFC 6962, section 2.1). */
const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

const leafHash = (leaf: string): Buffer => createHash('sha256').update(LEAF).update(leaf, 'utf8').digest();

const nodeHash = (left: Buffer, right: Buffer): Buffer =>
  createHash('sha256').update(NODE).update(left).update(right).digest();

/** The largest power of two below `size`, which is at least 2. */
const split = (size: number): number => 2 ** (Math.ceil(Math.log2(size)) - 1);

const treeHash = (hashes: readonly Buffer[]): Buffer => {
  const [only] = hashes;
  if (only === undefined) return createHash('sha256').digest();
  if (hashes.length === 1) return only;
  const middle = split(hashes.length);
  return nodeHash(treeHash(hashes.slice(0, middle)), treeHash(hashes.slice(middle)));
};

/** The root of the Merkle tree over these texts, in hex. */
export const merkleRoot = (leaves: readonly string[]): string =>
  treeHash(leaves.map(leafHash)).toString('hex');

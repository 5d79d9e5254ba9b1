import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { sha256 } from '../domain/ids.js';
import type { Finding } from '../domain/review/finding.js';
import { Indication } from '../domain/screening/verdict.js';
import { dynamoDocs } from './dynamo-docs.js';

type Packs = Indication['packs'];

/** What stands in a finding's row where its packs would: no pack is called that. */
const SET = 'pack-set';

const key = (hash: string) => ({ pk: `PACKS#${hash}`, sk: 'PACKS' });

/**
 * Which packs made a finding, in the table `findings`. All findings of a time name the same dozen, which is half of a row;
 * so each set is kept once, for ever, under a hash of it, and rows name that. It tells nothing of anybody.
 */
export const dynamoPackSets = (client: DynamoDBDocumentClient, table: string) => {
  const sets = dynamoDocs(client, table, Indication.shape.packs);
  /** What is kept, or is just being so; a failure is forgotten, so that the next one tries again. */
  const known = new Map<string, Promise<Packs>>();

  const once = (hash: string, packs: () => Promise<Packs>): Promise<Packs> => {
    const kept = known.get(hash);
    if (kept !== undefined) return kept;
    const begun = packs();
    known.set(hash, begun);
    void begun.catch(() => known.delete(hash));
    return begun;
  };

  const read = async (hash: string): Promise<Packs> => {
    const packs = await sets.read(key(hash));
    if (packs === null) throw new Error(`The set of packs ${hash} is not kept`);
    return packs;
  };

  const withPacks = (finding: Finding, packs: Packs): Finding => ({
    ...finding,
    indication: { ...finding.indication, packs },
  });

  return {
    /** The finding as its row holds it; its set of packs is kept first. */
    packed: async (finding: Finding): Promise<Finding> => {
      const { packs } = finding.indication;
      const hash = sha256('packs', JSON.stringify(packs));
      await once(hash, async () => {
        await sets.create(key(hash), packs);
        return packs;
      });
      return withPacks(finding, [{ id: SET, version: String(packs.length), hash }]);
    },
    /** The finding as everybody else knows it. Rows of earlier versions name their packs themselves. */
    whole: async (finding: Finding): Promise<Finding> => {
      const [only] = finding.indication.packs;
      return only?.id === SET ? withPacks(finding, await once(only.hash, () => read(only.hash))) : finding;
    },
  };
};

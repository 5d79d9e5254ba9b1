import { describe, expect, it } from 'vitest';
import { looksOf, type Reading } from '../../../shared/domain/review/looks.js';
import { PersonId } from '../../../shared/domain/ids.js';
import { personActs } from '../../../shared/domain/review/transition.js';
import { opaqueId } from '../../fixtures/registry.js';
import {
  ACTS,
  aFindingIn,
  anAnalyst,
  around,
  moved,
  theHolder,
  theSupervisor,
} from '../../fixtures/review.js';

const idOf = (name: string) => PersonId.parse(opaqueId(name));
const look = (person: PersonId, hours: number): Reading => ({ person, at: around({ hours }).at });
const roles = new Map([
  [idOf('reader'), ['analyst' as const]],
  [idOf('officer'), ['officer' as const]],
]);
const onlookers = {
  holder: theHolder.person,
  superiors: [theSupervisor.person],
  rolesOf: (person: PersonId) => roles.get(person) ?? [],
};

describe('who looked', () => {
  it('is told by what they are, analysts by the numbers of the history', () => {
    const referred = moved(
      personActs(aFindingIn('deciding'), ACTS.refer, anAnalyst('second'), around({ hours: 5 })),
    );
    const looks = looksOf(
      referred,
      [
        look(idOf('first'), 0),
        look(idOf('reader'), 1),
        // Has lost the role since, and only an analyst could read then.
        look(idOf('former'), 2),
        look(idOf('second'), 4),
        look(theHolder.person, 6),
        look(theSupervisor.person, 7),
        look(idOf('officer'), 8),
      ],
      onlookers,
    );
    expect(looks.map(({ by, you }) => (you ? `${by} (you)` : by))).toEqual([
      'analyst-1',
      'analyst-3',
      'analyst-4',
      'analyst-2',
      'holder (you)',
      'supervisor',
      'officer',
    ]);
    expect(looks[0]?.at).toBe(around().at);
  });

  it('names nobody', () => {
    const referred = aFindingIn('referred');
    const told = JSON.stringify(looksOf(referred, [look(idOf('first'), 0), look(idOf('x'), 9)], onlookers));
    for (const person of ['first', 'x', 'person']) expect(told).not.toContain(idOf(person));
  });
});

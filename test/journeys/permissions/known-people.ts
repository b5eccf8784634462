import { getCandidate, listCandidates } from '@gruppstart/contracts/routes/intake-routes';
import { PERSONAL_FIELDS, type PersonalField, type PersonRecord } from '@gruppstart/domain/intake/person';
import { ANNA, everyItem, type SmallTown } from '../small-town.ts';

/** Somebody of the town, and what would give them away wherever it stood. */
export interface KnownPerson {
  readonly candidateId: string;
  readonly isProtected: boolean;
  readonly signs: ReadonlyMap<PersonalField, RegExp>;
  /** Fields whose value nobody else in the town has: two may have the same name. */
  readonly distinct: readonly PersonalField[];
}

const escaped = (text: string): string =>
  text.replaceAll(/[^\p{L}\p{N}]/gu, (sign) => `\\u{${sign.codePointAt(0)?.toString(16)}}`);
const word = (text: string): string => `(?<![\\p{L}\\p{N}])${escaped(text)}(?![\\p{L}\\p{N}])`;

/** Every usual way to write a value. Measures and needs are words that others use too: they are known by their keys. */
const signOf = (field: PersonalField, person: PersonRecord): RegExp | null => {
  const value = person[field];
  if (typeof value !== 'string') return null;
  switch (field) {
    case 'personalNumber': {
      const [century, day, last] = [value.slice(0, 2), value.slice(2, 8), value.slice(8)];
      return new RegExp(`(?:${century})?${day}[-+ ]?${last}`);
    }
    case 'phone': {
      const digits = value.replaceAll(/\D/g, '').replace(/^46/, '').replace(/^0/, '');
      return new RegExp([...digits].join('[-\\s]?'));
    }
    case 'birthDate':
    case 'givenName':
    case 'familyName':
    case 'email':
      return new RegExp(word(value), 'iu');
    case 'possibleMeasures':
    case 'measureValidUntil':
    case 'supportNeeds':
      return null;
  }
};

/** Who the town's people are, asked for as somebody who may know all of them. */
export const knownPeople = async ({ as }: Pick<SmallTown, 'as'>): Promise<readonly KnownPerson[]> => {
  const client = await as(ANNA, 'intake');
  const candidates = await everyItem(
    async (cursor) => (await client.call(listCandidates, { query: { limit: '100', ...cursor } })).body,
  );
  const people: Omit<KnownPerson, 'distinct'>[] = [];
  for (const { id: candidateId } of candidates) {
    const { candidate, person } = (await client.call(getCandidate, { params: { candidateId } })).body;
    if (person === null) throw new Error(`Nobody can say who ${candidateId} is`);
    const signs = PERSONAL_FIELDS.flatMap((field) => {
      const sign = signOf(field, person);
      return sign === null ? [] : [[field, sign] as const];
    });
    people.push({ candidateId, isProtected: candidate.isProtected, signs: new Map(signs) });
  }
  return people.map((one) => ({
    ...one,
    distinct: [...one.signs].flatMap(([field, sign]) =>
      people.some((other) => other !== one && other.signs.get(field)?.source === sign.source) ? [] : [field],
    ),
  }));
};

/** What a text says of people in the fields, or, without fields, in any that cannot be meant for somebody else. */
export const toldOf = (
  text: string,
  people: readonly KnownPerson[],
  fields?: readonly PersonalField[],
): readonly string[] =>
  people.flatMap(({ candidateId, signs, distinct }) =>
    (fields ?? distinct).filter((field) => signs.get(field)?.test(text)).map((field) => `${field} of ${candidateId}`),
  );

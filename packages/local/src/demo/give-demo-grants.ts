import { createHash } from 'node:crypto';
import type { Grant } from '@gruppstart/contracts/grant';
import type * as z from 'zod';
import type { LaptopCloud } from '../laptop-cloud.ts';
import { DEMO_BATCH_CLIENT, DEMO_USERS } from '../login/demo-users.ts';

const GRANTS_FUNCTION = 'GrantsFunction';
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const ID_CHARACTERS = 26;

/** The same id at every start, so that giving the grants again changes nothing. */
const grantId = (tenant: string, subject: string, index: number): string => {
  const bytes = createHash('sha256').update(`${tenant} ${subject} ${index}`).digest();
  return `grant_${[...bytes.subarray(0, ID_CHARACTERS)].map((byte) => ALPHABET.charAt(byte % ALPHABET.length)).join('')}`;
};

/** The rights of all demo users, as the function that gives them takes them. */
export const demoGrants = (): readonly z.input<typeof Grant>[] =>
  [...DEMO_USERS, DEMO_BATCH_CLIENT].flatMap(({ tenant, subject, grants }) =>
    grants.map((grant, index) => ({
      ...grant,
      unitIds: [...grant.unitIds],
      offices: [...grant.offices],
      id: grantId(tenant, subject, index),
      tenant,
      userId: subject,
    })),
  );

/** Gives the demo users their rights the way an operator does on AWS: by calling the function for it. */
export const giveDemoGrants = async (cloud: Pick<LaptopCloud, 'invoke' | 'model'>): Promise<void> => {
  // A template without the function has nobody to give rights to.
  if (!cloud.model.functions.some(({ name }) => name === GRANTS_FUNCTION)) return;
  const outcome = await cloud.invoke(GRANTS_FUNCTION, { grants: demoGrants() });
  if (outcome.kind !== 'answered') throw new Error(`The demo users could not be given their rights: ${outcome.kind}`);
};

import { ROUTES } from '@gruppstart/contracts/registry';
import { DOORS, type Door, ROLES, type Role } from '@gruppstart/contracts/roles';
import type { Route } from '@gruppstart/contracts/route';
import { DEMO_BATCH_CLIENT } from '@gruppstart/local/login/demo-users';
import type { JourneyEnvironment } from '../environment.ts';
import { FOREIGN_USER_OF, USER_OF } from '../examples.ts';
import { ANNA, CARE_HOME, OMAR, PETER, PRESCHOOL } from '../small-town.ts';

/**
 * How somebody stands to the small town's things. `own`: they lie in the grant's units and offices. `elsewhere`: of the
 * same organisation, with other units and offices. `foreign`: of another organisation; a `namesake` there has a grant
 * for units and offices of the same names. `expired`: as `own` until yesterday. `nobody`: without a token.
 */
export type Standing = 'own' | 'elsewhere' | 'foreign' | 'namesake' | 'expired' | 'nobody';

export interface Caller {
  readonly standing: Standing;
  /** Null without a token. */
  readonly role: Role | null;
  /** Named to learn who a person with protected identity is. */
  readonly resolvesProtected: boolean;
  /** Whether the caller has a row for the route. */
  tries(route: Route): boolean;
  /** The machine that sends files gets tokens for one door; it tries them at the others. */
  tokenFor(door: Door): Promise<string | undefined>;
}

export const nameOf = ({ standing, role }: Caller): string => (role === null ? standing : `${standing} ${role}`);

const OFFICE = 'af-101';
const OTHER_OFFICE = 'af-103';
const DAY_MS = 86_400_000;
const TOKEN_SECONDS = 3600;

/** Roles that some route holds to the units or offices of their grant. */
export const SCOPED_ROLES: readonly Role[] = ROLES.filter((role) =>
  ROUTES.some(({ access }) => access[role] === 'unit' || access[role] === 'office'),
);

const ELSEWHERE_USER_OF: Readonly<Partial<Record<Role, string>>> = {
  caseworker: 'yusuf.handlaggare',
  'unit-manager': PETER,
};

const EVERYTHING = () => true;

/** The demo users, whom every environment has. */
const demoCallers = ({ token }: Pick<JourneyEnvironment, 'token'>): readonly Caller[] => {
  const known = (
    standing: Standing,
    users: Readonly<Partial<Record<Role, string>>>,
    tries: Caller['tries'] = EVERYTHING,
  ): readonly Caller[] =>
    ROLES.flatMap((role) => {
      const userName = users[role];
      if (userName === undefined) return [];
      const isMachine = userName === DEMO_BATCH_CLIENT.clientId;
      return {
        standing,
        role,
        resolvesProtected: userName === ANNA,
        tries,
        tokenFor: (door) => token(userName, isMachine ? 'intake' : door),
      };
    });
  return [
    { standing: 'nobody', role: null, resolvesProtected: false, tries: EVERYTHING, tokenFor: async () => undefined },
    ...known('own', USER_OF),
    // The first coordinator is named for protected identities, this one is not: that shows in what they read.
    ...known('own', { coordinator: OMAR }, ({ method }) => method === 'GET'),
    ...known('elsewhere', ELSEWHERE_USER_OF),
    ...known('foreign', FOREIGN_USER_OF),
  ];
};

/** Those whom no environment has from the start. They are given grants as an operator gives them. */
const madeCallers = async ({ control, inside }: JourneyEnvironment): Promise<readonly Caller[]> => {
  if (inside === null) return [];
  const nowMs = () => control?.nowMs() ?? Date.now();
  const yesterday = new Date(nowMs() - DAY_MS).toLocaleDateString('sv-SE', { timeZone: 'Europe/Stockholm' });
  const here = { tenant: 'soderhamn', unitIds: [CARE_HOME], offices: [OFFICE], validTo: null };
  const wanted = [
    ...ROLES.map((role) => ({ ...here, standing: 'expired' as const, role, validTo: yesterday })),
    ...ROLES.map((role) => ({ ...here, standing: 'namesake' as const, role, tenant: 'skovde' })),
    ...SCOPED_ROLES.filter((role) => !(role in ELSEWHERE_USER_OF)).map((role) => ({
      ...here,
      standing: 'elsewhere' as const,
      role,
      unitIds: [PRESCHOOL],
      offices: [OTHER_OFFICE],
    })),
  ].map((one, index) => ({ ...one, userId: `user-${one.standing}-${one.role}`, index }));
  await inside.invoke('GrantsFunction', {
    grants: wanted.map(({ standing: _, index, ...grant }) => ({
      ...grant,
      id: `grant_${String(index).padStart(26, '0')}`,
      deputyFor: null,
      mayResolveProtected: true,
      validFrom: '2026-01-01',
    })),
  });
  const seconds = Math.floor(nowMs() / 1000);
  const sign = (door: Door, sub: string, tenant: string): string =>
    inside.sign({
      iss: inside.issuer,
      aud: `gruppstart-${door}`,
      sub,
      tenant,
      scope: `${door}.read ${door}.write`,
      iat: seconds,
      exp: seconds + TOKEN_SECONDS,
    });
  const tokens = new Map(
    wanted.flatMap(({ userId, tenant }) =>
      DOORS.map((door) => [`${userId} ${door}`, sign(door, userId, tenant)] as const),
    ),
  );
  return wanted.map(({ standing, role, userId }) => ({
    standing,
    role,
    resolvesProtected: false,
    // The other roles are refused whatever their grants: that is tried by those whose grants hold.
    tries: ({ access }) => standing === 'elsewhere' || role in access,
    tokenFor: async (door) => tokens.get(`${userId} ${door}`),
  }));
};

/** Everybody who tries every operation. */
export const allCallers = async (environment: JourneyEnvironment): Promise<readonly Caller[]> => [
  ...demoCallers(environment),
  ...(await madeCallers(environment)),
];

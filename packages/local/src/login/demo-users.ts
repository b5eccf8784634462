import type { Door, Role } from '@gruppstart/contracts/roles';

/** A dated right of a demo user, for the seed of the store. The fields are those of a stored grant, without its id. */
export interface DemoGrant {
  readonly role: Role;
  readonly unitIds: readonly string[];
  readonly offices: readonly string[];
  /** Subject of the manager for whom this user stands in. */
  readonly deputyFor: string | null;
  readonly mayResolveProtected: boolean;
  /** ISO days; the last day is included, null is until further notice. */
  readonly validFrom: string;
  readonly validTo: string | null;
}

/** An invented person who can log in on the laptop. Tokens carry `subject` and `tenant`; the grants go to the store. */
export interface DemoUser {
  /** What the person types, and what `--as` takes. */
  readonly userName: string;
  /** The token's `sub`: opaque, and the same from start to start. */
  readonly subject: string;
  readonly displayName: string;
  readonly tenant: string;
  readonly password: string;
  readonly grants: readonly DemoGrant[];
}

/** A machine that sends batches by client credentials. Its subject is its client id. */
export interface DemoBatchClient {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly subject: string;
  readonly displayName: string;
  readonly tenant: string;
  readonly grants: readonly DemoGrant[];
}

/** One password for everybody: it guards invented data on a loopback address and is shown on the login page. */
export const DEMO_PASSWORD = 'gruppstart-demo';

const grant = (role: Role, more: Partial<Omit<DemoGrant, 'role'>> = {}): DemoGrant => ({
  role,
  unitIds: [],
  offices: [],
  deputyFor: null,
  mayResolveProtected: false,
  validFrom: '2026-01-01',
  validTo: null,
  ...more,
});

const user = (
  tenant: string,
  userName: string,
  subject: string,
  displayName: string,
  ...grants: readonly DemoGrant[]
): DemoUser => ({ userName, subject, displayName, tenant, password: DEMO_PASSWORD, grants });

const CARE_MANAGER_SUBJECT = 'user-4h8tqz2m7c';
const CARE_UNITS = [
  'unit_aldreboende-solgarden',
  'unit_aldreboende-bjorkbacken',
  'unit_hemtjanst-norr',
  'unit_hemtjanst-soder',
] as const;
const SCHOOL_UNITS = [
  'unit_forskola-kotten',
  'unit_forskola-vitsippan',
  'unit_skola-ostra',
  'unit_fritidshem-ostra',
] as const;
const SERVICE_UNITS = [
  'unit_centralkoket',
  'unit_skolrestaurang-ostra',
  'unit_lokalvard-centrum',
  'unit_fastighet-centrum',
] as const;

/**
 * Söderhamn has what its own working day needs: two offices that must not see each other's referrals, three managers of
 * whom one stands in for another, and two coordinators, so that four eyes are possible. Skövde has one person of each
 * role, so that a foreign tenant can be tried from every door.
 */
export const DEMO_USERS: readonly DemoUser[] = [
  user(
    'soderhamn',
    'karin.handlaggare',
    'user-9w3kd6r1xp',
    'Karin Forslund',
    grant('caseworker', { offices: ['af-101'] }),
  ),
  user(
    'soderhamn',
    'yusuf.handlaggare',
    'user-2n7vb5j8ge',
    'Yusuf Demir',
    grant('caseworker', { offices: ['af-103'] }),
  ),
  user(
    'soderhamn',
    'maria.enhetschef',
    CARE_MANAGER_SUBJECT,
    'Maria Hedlund',
    grant('unit-manager', { unitIds: CARE_UNITS }),
  ),
  user(
    'soderhamn',
    'peter.enhetschef',
    'user-6c1fy9s4ta',
    'Peter Rönnqvist',
    grant('unit-manager', { unitIds: SCHOOL_UNITS }),
  ),
  user(
    'soderhamn',
    'lena.enhetschef',
    'user-8m5xh3w0dk',
    'Lena Brodin',
    grant('unit-manager', { unitIds: SERVICE_UNITS }),
    grant('unit-manager', {
      unitIds: CARE_UNITS,
      deputyFor: CARE_MANAGER_SUBJECT,
      validFrom: '2026-06-01',
      validTo: '2028-05-31',
    }),
  ),
  user(
    'soderhamn',
    'anna.samordnare',
    'user-1p6gz8n3vb',
    'Anna Wikander',
    grant('coordinator', { mayResolveProtected: true }),
  ),
  user('soderhamn', 'omar.samordnare', 'user-5t2ja7q9ec', 'Omar Khalil', grant('coordinator')),
  user('soderhamn', 'birgitta.processagare', 'user-3x9rw4h6mf', 'Birgitta Ståhlberg', grant('process-owner')),
  user('soderhamn', 'david.dataskydd', 'user-7d0kn2c5ys', 'David Åkerlund', grant('auditor')),
  user('soderhamn', 'helena.hr', 'user-0v8sb1t7jg', 'Helena Norgren', grant('hr')),
  user('soderhamn', 'farid.facket', 'user-4q5ep3z8xn', 'Farid Rahimi', grant('union')),
  user('skovde', 'sara.handlaggare', 'user-6j2mt9a0wd', 'Sara Lilja', grant('caseworker', { offices: ['af-102'] })),
  user(
    'skovde',
    'eva.enhetschef',
    'user-9f7yc4v1kh',
    'Eva Mattsson',
    grant('unit-manager', { unitIds: ['unit_aldreboende-ekbacken', 'unit_forskola-blasippan'] }),
  ),
  user('skovde', 'nils.samordnare', 'user-2s3xg6p8rb', 'Nils Engdahl', grant('coordinator')),
  user('skovde', 'gunnar.processagare', 'user-8a1hd5w7qz', 'Gunnar Thelin', grant('process-owner')),
  user('skovde', 'mona.dataskydd', 'user-5k4vn0e9tm', 'Mona Stenberg', grant('auditor')),
  user('skovde', 'per.hr', 'user-1c6jf2y3sx', 'Per Dahlgren', grant('hr')),
  user('skovde', 'lina.facket', 'user-7z8gw9b4pa', 'Lina Öberg', grant('union')),
];

export const DEMO_BATCH_CLIENT: DemoBatchClient = {
  clientId: 'af-batch-sender',
  clientSecret: 'gruppstart-demo-batch-sender',
  subject: 'af-batch-sender',
  displayName: 'Arbetsförmedlingens filsändare',
  tenant: 'soderhamn',
  grants: [grant('batch-sender', { offices: ['af-101'] })],
};

export const findDemoUser = (userName: string): DemoUser | undefined =>
  DEMO_USERS.find((known) => known.userName === userName.trim().toLowerCase());

export const findDemoUserBySubject = (subject: string): DemoUser | undefined =>
  DEMO_USERS.find((known) => known.subject === subject);

/** The door at which a role does its daily work; a user may ask for a token to another. */
export const HOME_DOORS: Readonly<Record<Role, Door>> = {
  caseworker: 'intake',
  'batch-sender': 'intake',
  'unit-manager': 'requirements',
  coordinator: 'cohorts',
  'process-owner': 'cohorts',
  auditor: 'cohorts',
  hr: 'cohorts',
  union: 'cohorts',
};

/** The door of the first grant; somebody without any grant is sent to the cohorts door, which will refuse. */
export const homeDoorOf = (person: { readonly grants: readonly DemoGrant[] }): Door => {
  const [first] = person.grants;
  return first === undefined ? 'cohorts' : HOME_DOORS[first.role];
};

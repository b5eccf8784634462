import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DEMO_USERS } from '@gruppstart/local/login/demo-users';
import { inventedPeople } from '../observability/invented-people.ts';
import { type DatumKind, type KnownPeople, personalDataIn } from '../observability/personal-data.ts';
import type { Inside } from './environment.ts';

/** Where a personal datum stood that has no business there. The datum itself is not repeated. */
export interface Finding {
  readonly where: string;
  /** From 1. */
  readonly line: number;
  readonly kind: DatumKind;
}

/** Texts under the name of where they come from: a file, a queue, a table. */
export interface Searched {
  readonly where: string;
  readonly lines: readonly string[];
  /** Kinds that may stand there all the same. */
  readonly except?: readonly DatumKind[];
}

/** Every personal datum in the texts. */
export const findPersonalData = (texts: readonly Searched[], known: KnownPeople = inventedPeople()): Finding[] =>
  texts.flatMap(({ where, lines, except = [] }) =>
    lines.flatMap((line, index) =>
      personalDataIn(line, known)
        .filter((kind) => !except.includes(kind))
        .map((kind): Finding => ({ where, line: index + 1, kind })),
    ),
  );

/** Throws when personal data was found, and says where. */
export const expectNoPersonalData = (texts: readonly Searched[], known?: KnownPeople): void => {
  const found = findPersonalData(texts, known);
  if (found.length === 0) return;
  const list = found.slice(0, 20).map(({ where, line, kind }) => `  ${where}:${line} ${kind}`);
  const more = found.length > list.length ? [`  and ${found.length - list.length} more`] : [];
  throw new Error(['Personal data where only ids may stand:', ...list, ...more].join('\n'));
};

/** All that functions, and the platform about them, have printed: one text a function. */
export const logsIn = async (folder: string): Promise<readonly Searched[]> => {
  const files = (await readdir(folder)).filter((name) => /\.log(?:\.1)?$/.test(name)).toSorted();
  return Promise.all(
    files.map(async (where) => ({ where, lines: (await readFile(join(folder, where), 'utf8')).split('\n') })),
  );
};

/** Everything besides the logs that holds ids only: what lies in queues, who did what, what is stored unsealed. */
export const textsKept = async (
  inside: Pick<Inside, 'messagesIn' | 'auditOf' | 'storedItems'>,
  queues: readonly string[],
): Promise<readonly Searched[]> => {
  const messages = queues.map(async (queue) => ({ where: queue, lines: await inside.messagesIn(queue) }));
  const tenants = [...new Set(DEMO_USERS.map(({ tenant }) => tenant))];
  const audits = tenants.map(async (tenant) => ({
    where: `audit of ${tenant}`,
    lines: (await inside.auditOf(tenant)).map((entry) => JSON.stringify(entry)),
  }));
  const stored = inside.storedItems().then((items) => ({
    where: 'core table',
    // When a mark expires is a moment in seconds, and such a number can look like somebody's; and people have been
    // enrolled, or free to begin, since days on which others were born.
    lines: items.map((item) => item.replaceAll(/"expiresAt":\d+|"(?:enrolledSince|availableFrom)":"[\d-]+"/g, '')),
    // A unit's postcode may be that of a person too.
    except: ['postcode'] as const,
  }));
  return Promise.all([...messages, ...audits, stored]);
};

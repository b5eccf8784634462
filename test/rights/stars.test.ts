import { describe, expect, test } from 'vitest';
import { readTemplateRights, type Statement } from './policies.ts';
import { STAR_EXCEPTIONS, type StarException } from './stars.ts';

interface Star {
  readonly on: StarException['on'];
  readonly where: string;
  readonly resource: string;
  readonly statement: Statement;
}

const rights = await readTemplateRights();

const stars = (on: StarException['on'], where: string, statements: readonly Statement[]): readonly Star[] =>
  statements.flatMap((statement) =>
    statement.Resource.filter((resource) => /[*?]/.test(resource)).map((resource) => ({
      on,
      where,
      resource,
      statement,
    })),
  );

const excuses = ({ on, ends, actions }: StarException, star: Star): boolean =>
  on === star.on &&
  (ends === '*' ? star.resource === '*' : star.resource.endsWith(ends) && !/[*?]/.test(star.resource.slice(0, -1))) &&
  star.statement.Action.every((action) => actions.includes(action));

const all = [
  ...rights.functions.flatMap(({ name, policy }) => stars('roles', name, policy.Statement)),
  ...[...rights.resourcePolicies].flatMap(([resource, policy]) => stars('resources', resource, policy.Statement)),
];

describe('a star in a policy', () => {
  test('for a resource has an exception with a reason', () => {
    expect(all.length).toBeGreaterThan(0);
    const unexplained = all
      .filter((star) => !STAR_EXCEPTIONS.some((exception) => excuses(exception, star)))
      .map(({ where, resource, statement }) => `${where}: ${statement.Action.join(', ')} on ${resource}`);
    expect(unexplained).toEqual([]);
    expect(STAR_EXCEPTIONS.filter(({ reason }) => reason.length < 30)).toEqual([]);
  });

  test('that no template has any more has no exception either', () => {
    const stale = STAR_EXCEPTIONS.filter((exception) => !all.some((star) => excuses(exception, star)));
    expect(stale).toEqual([]);
  });

  test('never stands in an action of a role', () => {
    const loose = rights.functions.flatMap(({ name, policy }) =>
      policy.Statement.filter(({ Effect }) => Effect === 'Allow')
        .flatMap(({ Action }) => Action)
        .filter((action) => /[*?]/.test(action))
        .map((action) => `${name}: ${action}`),
    );
    expect(loose).toEqual([]);
  });

  test('on a resource’s own policy allows nobody but the account, and forbids everybody', () => {
    for (const { Statement } of rights.resourcePolicies.values()) {
      for (const { Effect, Principal } of Statement) {
        const everybody = JSON.stringify(Principal).includes('"*"');
        expect({ Effect, everybody }).toEqual({ Effect, everybody: Effect === 'Deny' });
      }
    }
  });
});

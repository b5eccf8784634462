import { readFileSync } from 'node:fs';
import * as cedar from '@cedar-policy/cedar-wasm/nodejs';
import type { Grant } from '@gruppstart/contracts/grant';
import type { Role } from '@gruppstart/contracts/roles';
import type { LocalDate } from '@gruppstart/domain/shared/local-date';
import type { AccessRequest } from './access-requests.ts';

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');

export const SCHEMA = read('access.cedarschema');
export const POLICIES = `${read('roles.cedar')}\n${read('limits.cedar')}`;

const TYPE_OF: Readonly<Record<Role, string>> = {
  caseworker: 'Caseworker',
  'unit-manager': 'UnitManager',
  coordinator: 'Coordinator',
  'process-owner': 'ProcessOwner',
  auditor: 'Auditor',
  hr: 'Hr',
  union: 'Union',
  'batch-sender': 'BatchSender',
};

const dayNumber = (day: LocalDate): number => Number(day.replaceAll('-', ''));

/** Errors and warnings of the policies against the schema: unknown actions and fields, types that do not fit. */
export const faultsIn = (policies: string): readonly string[] => {
  const answer = cedar.validate({ schema: SCHEMA, policies: { staticPolicies: policies } });
  if (answer.type === 'failure') return answer.errors.map(({ message }) => message);
  return [...answer.validationErrors, ...answer.validationWarnings].map(
    ({ policyId, error }) => `${policyId}: ${error.message}`,
  );
};

/** The operations that the schema knows, by id. */
export const actionsOfSchema = (): readonly string[] => {
  const answer = cedar.schemaToJson(SCHEMA);
  if (answer.type === 'failure') throw new Error(answer.errors.map(({ message }) => message).join('; '));
  return Object.keys(answer.json['']?.actions ?? {});
};

/** The policies, read once. Throws when they cannot be read, or when a decision meets an error in one of them. */
export const readPolicies = (name: string, policies: string) => {
  const parsed = cedar.preparsePolicySet(name, { staticPolicies: policies });
  if (parsed.type === 'failure') throw new Error(parsed.errors.map(({ message }) => message).join('; '));
  let decisions = 0;

  const allowsBy = ({ user, tenant, routeId, thing, today }: AccessRequest, grant: Grant): boolean => {
    decisions += 1;
    const answer = cedar.statefulIsAuthorized({
      principal: { type: TYPE_OF[grant.role], id: grant.userId },
      action: { type: 'Action', id: routeId },
      resource: { type: thing.kind, id: thing.id },
      context: {
        user,
        tenant,
        thing: thing.id,
        owner: thing.owner,
        today: dayNumber(today),
        holder: grant.userId,
        home: grant.tenant,
        // Names instead of entities: Cedar reads an entity's type anew each time, which costs more than the decision.
        units: [...grant.unitIds],
        offices: [...grant.offices],
        named: grant.mayResolveProtected,
        from: dayNumber(grant.validFrom),
        ...(grant.validTo === null ? {} : { to: dayNumber(grant.validTo) }),
        ...(grant.deputyFor === null ? {} : { deputyFor: grant.deputyFor }),
      },
      // What is asked is made by the same code each time; the policies themselves are held to the schema beforehand.
      validateRequest: false,
      preparsedPolicySetId: name,
      entities: [],
    });
    if (answer.type === 'failure') throw new Error(answer.errors.map(({ message }) => message).join('; '));
    const [error] = answer.response.diagnostics.errors;
    if (error) throw new Error(`${error.policyId}: ${error.error.message}`);
    return answer.response.decision === 'allow';
  };

  return {
    /** Every grant there is may be tried: the policies themselves say whose counts. */
    allows: (request: AccessRequest): boolean => request.grants.some((grant) => allowsBy(request, grant)),
    /** How often Cedar has decided: once for each grant that was tried. */
    decisions: () => decisions,
  };
};

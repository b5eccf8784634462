import { faultAt, type TemplateCheck } from './template-check.ts';
import { isFields, listOf } from './template-view.ts';

/** The only actions for which the service takes no resource. */
const WITHOUT_RESOURCE: ReadonlySet<string> = new Set(['xray:PutTelemetryRecords', 'xray:PutTraceSegments']);

/** Keys of objects are not known beforehand; the star stands for what follows the prefix. */
const OBJECTS_UNDER_PREFIX = /^\/(?:uploads|snapshots)\/\*$/u;

const texts = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(texts);
  return isFields(value) ? Object.values(value).flatMap(texts) : [];
};

const rightsNarrow: TemplateCheck = {
  name: 'rights-narrow',
  remedy:
    'A star in a right reaches what nobody has thought of yet. Write out actions and resources; only traces take no resource, and only objects under uploads/ and snapshots/ end in a star.',
  faults: (view) =>
    view.all('AWS::IAM::Policy').flatMap((policy) => {
      const { PolicyDocument } = policy.properties;
      return listOf(isFields(PolicyDocument) ? PolicyDocument.Statement : undefined)
        .filter((statement) => isFields(statement) && statement.Effect === 'Allow')
        .flatMap((statement) => {
          if (!isFields(statement)) return [];
          if ('NotAction' in statement || 'NotResource' in statement) return [faultAt(policy, 'all but what is named')];
          const actions = listOf(statement.Action).map(String);
          const wide = actions.filter((action) => action.includes('*'));
          const free = actions.every((action) => WITHOUT_RESOURCE.has(action));
          const starred = listOf(statement.Resource).filter((resource) =>
            texts(resource).some((text) => text.includes('*') && !OBJECTS_UNDER_PREFIX.test(text)),
          );
          return [
            ...wide.map((action) => faultAt(policy, `the action ${action}`)),
            ...(free
              ? []
              : starred.map((resource) => faultAt(policy, `${actions.join()} on ${texts(resource).join('')}`))),
          ];
        });
    }),
};

const DATA_SERVICE = /^(?:dynamodb|s3|sqs|kms|lambda|sns|sts|iam):/u;

const docsWithoutRights: TemplateCheck = {
  name: 'docs-without-rights',
  remedy:
    'The function behind the open routes is called by anybody. Give it no right to data, queues, keys or other functions.',
  faults: (view) =>
    view
      .all('AWS::ApiGatewayV2::Route')
      .filter(({ properties }) => properties.AuthorizationType !== 'JWT')
      .flatMap((route) => {
        const integration = view.resource(route, route.properties.Target);
        const fn = integration && view.resource(integration, integration.properties.IntegrationUri);
        const role = fn && view.resource(fn, fn.properties.Role);
        const actions = view
          .all('AWS::IAM::Policy')
          .filter((policy) => listOf(policy.properties.Roles).some((each) => view.resource(policy, each) === role))
          .flatMap(({ properties }) => texts(properties.PolicyDocument))
          .filter((text) => DATA_SERVICE.test(text));
        return actions.length === 0
          ? []
          : [faultAt(route, `open, and leads to a function that may ${actions.join(', ')}`)];
      }),
};

export const RIGHTS_CHECKS: readonly TemplateCheck[] = [rightsNarrow, docsWithoutRights];

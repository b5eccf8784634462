import type { ApiModel, AuthorizerModel, RouteModel, ThrottlingModel } from './model.ts';
import { functionNameOfArn, type Resource } from './resources.ts';
import { type FieldReader, isObject, readFields, TemplateError } from './template-value.ts';

type OfType = (...types: readonly string[]) => readonly Resource[];

/** An HTTP API waits this long for its integration unless the template says less. */
const INTEGRATION_TIMEOUT_MS = 30_000;

/** The one HTTP API of the product, with its routes joined to their integrations and authorizers; null when there is none. */
export function readApi(ofType: OfType): ApiModel | null {
  const [api, ...others] = ofType('AWS::ApiGatewayV2::Api');
  if (api === undefined) return null;
  if (others.length > 0) throw new TemplateError('the laptop serves one HTTP API, the templates have several');
  const fields = api.properties();
  if (fields.string('ProtocolType') !== 'HTTP')
    throw new TemplateError(`${fields.place}: the laptop serves HTTP APIs only`);
  for (const unknown of ['CorsConfiguration', 'Body', 'Target']) {
    if (fields.has(unknown)) throw new TemplateError(`${fields.place}: the laptop does not honour ${unknown}`);
  }
  const authorizers = new Map(
    ofType('AWS::ApiGatewayV2::Authorizer').map((resource) => [resource.physicalName, readAuthorizer(resource)]),
  );
  const integrations = new Map(
    ofType('AWS::ApiGatewayV2::Integration').map((resource) => [resource.physicalName, readIntegration(resource)]),
  );
  const routes = ofType('AWS::ApiGatewayV2::Route').map((resource) => readRoute(resource, integrations, authorizers));
  const stage = onlyStage(ofType('AWS::ApiGatewayV2::Stage'));
  const settings = stage.optionalObject('DefaultRouteSettings');
  return {
    id: api.physicalName,
    routes,
    throttling: settings === null ? null : readThrottling(settings),
    routeThrottling: readRouteThrottling(stage, routes),
  };
}

interface Integration {
  readonly functionName: string;
  readonly timeoutMs: number;
}

function readIntegration({ properties }: Resource): Integration {
  const fields = properties();
  const type = fields.string('IntegrationType');
  const version = fields.optionalString('PayloadFormatVersion');
  if (type !== 'AWS_PROXY' || version !== '2.0')
    throw new TemplateError(`${fields.place}: the laptop serves AWS_PROXY with payload 2.0 only`);
  if (fields.has('RequestParameters') || fields.has('ResponseParameters')) {
    throw new TemplateError(`${fields.place}: the laptop does not map parameters`);
  }
  return {
    functionName: functionNameOfArn(fields.string('IntegrationUri')),
    timeoutMs: fields.optionalNumber('TimeoutInMillis') ?? INTEGRATION_TIMEOUT_MS,
  };
}

function readAuthorizer({ physicalName, properties }: Resource): AuthorizerModel {
  const fields = properties();
  if (fields.string('AuthorizerType') !== 'JWT')
    throw new TemplateError(`${fields.place}: the laptop has JWT authorizers only`);
  const sources = fields.strings('IdentitySource');
  if (sources.join() !== '$request.header.Authorization') {
    throw new TemplateError(`${fields.place}: the laptop reads tokens from $request.header.Authorization only`);
  }
  const jwt = fields.object('JwtConfiguration');
  return { id: physicalName, issuer: jwt.string('Issuer'), audiences: jwt.strings('Audience') };
}

function readRoute(
  { properties }: Resource,
  integrations: ReadonlyMap<string, Integration>,
  authorizers: ReadonlyMap<string, AuthorizerModel>,
): RouteModel {
  const fields = properties();
  const integration = integrations.get(fields.string('Target').replace(/^integrations\//, ''));
  if (integration === undefined) throw new TemplateError(`${fields.place}: its integration is not in the template`);
  return {
    key: fields.string('RouteKey'),
    functionName: integration.functionName,
    authorizer: routeAuthorizer(fields, authorizers),
    scopes: fields.strings('AuthorizationScopes'),
    integrationTimeoutMs: integration.timeoutMs,
  };
}

function routeAuthorizer(
  fields: FieldReader,
  authorizers: ReadonlyMap<string, AuthorizerModel>,
): AuthorizerModel | null {
  const type = fields.optionalString('AuthorizationType') ?? 'NONE';
  if (type === 'NONE') return null;
  const authorizer = type === 'JWT' ? authorizers.get(fields.string('AuthorizerId')) : undefined;
  if (authorizer === undefined)
    throw new TemplateError(`${fields.place}: the laptop does not know its authorizer (${type})`);
  return authorizer;
}

function onlyStage(stages: readonly Resource[]): FieldReader {
  const [stage, ...others] = stages.map(({ properties }) => properties());
  if (stage === undefined) throw new TemplateError('the HTTP API has no stage');
  if (others.length > 0 || stage.string('StageName') !== '$default')
    throw new TemplateError(`${stage.place}: the laptop serves the $default stage only`);
  return stage;
}

function readThrottling(settings: FieldReader): ThrottlingModel | null {
  const ratePerSecond = settings.optionalNumber('ThrottlingRateLimit');
  const burst = settings.optionalNumber('ThrottlingBurstLimit');
  return ratePerSecond === null || burst === null ? null : { ratePerSecond, burst };
}

/** Settings for a route that is not there make the deployment fail, so they stop the laptop too. */
function readRouteThrottling(stage: FieldReader, routes: readonly RouteModel[]): ApiModel['routeThrottling'] {
  const settings = stage.raw('RouteSettings');
  if (!isObject(settings)) return {};
  const found: Record<string, ThrottlingModel> = {};
  for (const key of Object.keys(settings)) {
    if (!routes.some((route) => route.key === key))
      throw new TemplateError(`${stage.place}.RouteSettings: ${key} is no route of the template`);
    const throttling = readThrottling(readFields(settings[key], `${stage.place}.RouteSettings.${key}`));
    if (throttling !== null) found[key] = throttling;
  }
  return found;
}

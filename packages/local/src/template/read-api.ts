import type { ApiModel, AuthorizerModel, RouteModel } from './model.ts';
import { functionNameOfArn, type Resource } from './resources.ts';
import { type FieldReader, TemplateError } from './template-value.ts';

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
  return {
    id: api.physicalName,
    routes: ofType('AWS::ApiGatewayV2::Route').map((resource) => readRoute(resource, integrations, authorizers)),
    throttling: readThrottling(ofType('AWS::ApiGatewayV2::Stage')),
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

function readThrottling(stages: readonly Resource[]): ApiModel['throttling'] {
  const [stage, ...others] = stages.map(({ properties }) => properties());
  if (stage === undefined) throw new TemplateError('the HTTP API has no stage');
  if (others.length > 0 || stage.string('StageName') !== '$default')
    throw new TemplateError(`${stage.place}: the laptop serves the $default stage only`);
  if (stage.has('RouteSettings'))
    throw new TemplateError(`${stage.place}: the laptop throttles the stage, not single routes`);
  const settings = stage.optionalObject('DefaultRouteSettings');
  const ratePerSecond = settings?.optionalNumber('ThrottlingRateLimit') ?? null;
  const burst = settings?.optionalNumber('ThrottlingBurstLimit') ?? null;
  return ratePerSecond === null || burst === null ? null : { ratePerSecond, burst };
}

import { DOORS, type Door } from '@gruppstart/contracts/roles';
import { type Declared, type Fault, faultAt, faultsOf, type TemplateCheck } from './template-check.ts';
import { type Fields, fieldsAt, isFields, listOf, numberOf, type Placed, type TemplateView } from './template-view.ts';

const ROUTES = 'AWS::ApiGatewayV2::Route';
const STAGES = 'AWS::ApiGatewayV2::Stage';

const capitalised = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** How a route must be: who may pass, and which door it leads to. */
interface ExpectedRoute {
  readonly door: Door | null;
  readonly scopes: readonly string[];
}

const expectedRoutes = ({ routes, catchAllPaths, publicPaths }: Declared): ReadonlyMap<string, ExpectedRoute> =>
  new Map([
    ...DOORS.flatMap((door) =>
      catchAllPaths(door).map((path): [string, ExpectedRoute] => [`ANY ${path}`, { door, scopes: [] }]),
    ),
    ...publicPaths.map((path): [string, ExpectedRoute] => [`GET ${path}`, { door: null, scopes: [] }]),
    ...routes.map(({ method, path, door, scope }): [string, ExpectedRoute] => [
      `${method} ${path}`,
      { door, scopes: [scope] },
    ]),
  ]);

const wrongIn = (view: TemplateView, route: Placed, expected: ExpectedRoute | undefined): string | null => {
  const { AuthorizationType, AuthorizerId, AuthorizationScopes, Target } = route.properties;
  if (expected === undefined) return 'the registry does not know it';
  const name = expected.door === null ? 'Docs' : capitalised(expected.door);
  const target = view.target(route, Target)?.id;
  if (target !== `${name}Integration`) return `leads to ${target ?? 'nothing'}`;
  if (expected.door === null) return AuthorizationType === 'NONE' ? null : 'public, and asks for a login';
  if (AuthorizationType !== 'JWT') return 'asks for no login';
  const authorizer = view.target(route, AuthorizerId)?.id;
  if (authorizer !== `${name}Authorizer`) return `asks ${authorizer ?? 'nobody'} about the login`;
  const scopes = listOf(AuthorizationScopes).join();
  return scopes === expected.scopes.join() ? null : `asks for the scopes [${scopes}]`;
};

const routeLogin: TemplateCheck = {
  name: 'route-login',
  remedy:
    'A route without its own door’s login and scope lets in those whom the registry keeps out. Make routes from the registry only: its door’s authorizer, integration and scope, and nothing open but the description.',
  faults: (view, declared) => {
    const expected = expectedRoutes(declared);
    const routes = view.all(ROUTES);
    const keys = new Set(routes.map(({ properties }) => String(properties.RouteKey)));
    return [
      ...faultsOf(routes, (route) => {
        const key = String(route.properties.RouteKey);
        const wrong = wrongIn(view, route, expected.get(key));
        return wrong === null ? null : `${key}: ${wrong}`;
      }),
      ...[...expected.keys()]
        .filter((key) => !keys.has(key))
        .map((key): Fault => ({ at: key, found: 'the gateway does not have it' })),
    ];
  },
};

const doorLogin: TemplateCheck = {
  name: 'door-login',
  remedy:
    'A door that trusts another door’s issuer, or takes a token made for another service, lets strangers in. Give each its own issuer and audience as parameters without a default.',
  faults: (view) =>
    DOORS.flatMap((door) => {
      const name = capitalised(door);
      const authorizer = view.all('AWS::ApiGatewayV2::Authorizer').find(({ id }) => id === `${name}Authorizer`);
      if (authorizer === undefined) return [{ at: door, found: 'no authorizer' }];
      const { Issuer, Audience } = fieldsAt(authorizer.properties, 'JwtConfiguration');
      const told = [Issuer, ...listOf(Audience)].map((value) => view.target(authorizer, value)?.id ?? 'a fixed value');
      if (told.join() !== `${name}Issuer,${name}Audience`) return [faultAt(authorizer, `trusts ${told.join(', ')}`)];
      const source = listOf(authorizer.properties.IdentitySource).join();
      return source === '$request.header.Authorization' ? [] : [faultAt(authorizer, `reads the token from ${source}`)];
    }),
};

const hasLimits = (settings: Fields): boolean =>
  (numberOf(settings.ThrottlingRateLimit) ?? 0) > 0 && (numberOf(settings.ThrottlingBurstLimit) ?? 0) > 0;

const apiThrottled: TemplateCheck = {
  name: 'api-throttled',
  remedy:
    'Without a limit one caller takes what the others need, up to the whole account. Give the stage a rate and a burst, and tighter ones to routes that cost more or are open to all.',
  faults: (view, { publicPaths }) =>
    view.all(STAGES).flatMap((stage) => {
      const whole = fieldsAt(stage.properties, 'DefaultRouteSettings');
      if (!hasLimits(whole)) return [faultAt(stage, 'no limit for the stage')];
      const routes = fieldsAt(stage.properties, 'RouteSettings');
      const open = publicPaths.filter((path) => !(`GET ${path}` in routes));
      const wrong = Object.entries(routes).filter(
        ([, settings]) =>
          !isFields(settings) ||
          !hasLimits(settings) ||
          (numberOf(settings.ThrottlingRateLimit) ?? 0) > (numberOf(whole.ThrottlingRateLimit) ?? 0),
      );
      return [
        ...open.map((path) => faultAt(stage, `GET ${path} is open and has no limit of its own`)),
        ...wrong.map(([key]) => faultAt(stage, `${key} has no limit, or a wider one than the stage`)),
      ];
    }),
};

const stageAfterRoutes: TemplateCheck = {
  name: 'stage-after-routes',
  remedy:
    'The service refuses a stage with settings for a route that is not there yet, in the account and in no emulator. Let the stage wait for each route that it names.',
  faults: (view) =>
    view.all(STAGES).flatMap((stage) => {
      const waitsFor = listOf(stage.element.DependsOn);
      return Object.keys(fieldsAt(stage.properties, 'RouteSettings')).flatMap((key) => {
        const route = view.all(ROUTES).find(({ properties }) => properties.RouteKey === key);
        if (route === undefined) return [faultAt(stage, `${key} is no route`)];
        return waitsFor.includes(route.id) ? [] : [faultAt(stage, `does not wait for ${route.id}`)];
      });
    }),
};

/** Nothing of the caller, no path with ids in it, no claims. */
const IMPERSONAL: ReadonlySet<string> = new Set(
  ['requestId', 'routeKey', 'status', 'responseLatency', 'integrationLatency', 'responseLength'].map(
    (field) => `$context.${field}`,
  ),
);

const accessLogImpersonal: TemplateCheck = {
  name: 'access-log-impersonal',
  remedy:
    'A line of the access log is kept for months and read by many. Log that a kind of request was answered, how and how fast; never an address, a path, a claim or a browser.',
  faults: (view) =>
    view.all(STAGES).flatMap((stage) => {
      const { DestinationArn, Format } = fieldsAt(stage.properties, 'AccessLogSettings');
      if (view.resource(stage, DestinationArn)?.type !== 'AWS::Logs::LogGroup')
        return [faultAt(stage, 'no access log')];
      const fields: readonly string[] = String(Format).match(/\$context(?:\.\w+)+/gu) ?? [];
      const foreign = fields.filter((field) => !IMPERSONAL.has(field));
      if (!fields.includes('$context.requestId')) return [faultAt(stage, 'a line that leads to no request')];
      return foreign.map((field) => faultAt(stage, field));
    }),
};

const noForeignPages: TemplateCheck = {
  name: 'no-foreign-pages',
  remedy:
    'Clients are servers and our own console. Leave cross-origin calls off: a page elsewhere must not work with the login of somebody who reads it.',
  faults: (view) =>
    faultsOf(view.all('AWS::ApiGatewayV2::Api'), ({ properties }) => 'CorsConfiguration' in properties && 'CORS is on'),
};

/** The longest that the service waits. */
const LONGEST_WAIT_MS = 30_000;

const integrationTime: TemplateCheck = {
  name: 'integration-time',
  remedy:
    'When the gateway gives up before the function does, the caller gets a 503 for something that may still be done. State the gateway’s time, at most 30 s, and let the function stop earlier.',
  faults: (view) =>
    faultsOf(view.all('AWS::ApiGatewayV2::Integration'), (integration) => {
      const waitMs = numberOf(integration.properties.TimeoutInMillis);
      if (waitMs === null || waitMs > LONGEST_WAIT_MS) return `waits ${waitMs ?? 'an unstated number of'} ms`;
      const fn = view.resource(integration, integration.properties.IntegrationUri);
      const seconds = numberOf(fn?.properties.Timeout) ?? LONGEST_WAIT_MS;
      return seconds * 1000 >= waitMs && `waits ${waitMs} ms for a function of ${seconds} s`;
    }),
};

export const GATEWAY_CHECKS: readonly TemplateCheck[] = [
  routeLogin,
  doorLogin,
  apiThrottled,
  stageAfterRoutes,
  accessLogImpersonal,
  noForeignPages,
  integrationTime,
];

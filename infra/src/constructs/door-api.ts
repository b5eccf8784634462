import { DOORS, type Door } from '@gruppstart/contracts/roles';
import type { Route } from '@gruppstart/contracts/route';
import { CfnParameter, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  CfnAuthorizer,
  CfnIntegration,
  CfnRoute,
  CfnStage,
  HttpApi,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { NodeFunction } from './node-function.ts';
import { keepLogicalId } from './stable-id.ts';

/** What the gateway needs to know of a route of the registry. */
export type GatewayRoute = Pick<Route, 'id' | 'method' | 'path' | 'door' | 'scope'>;

export interface DoorApiProps {
  readonly routes: readonly GatewayRoute[];
  /** Paths under which every method that no route takes is answered by the door's own function. */
  readonly catchAllPaths: (door: Door) => readonly string[];
  /** Paths served without login, by `docs`. */
  readonly publicPaths: readonly string[];
  readonly doors: Readonly<Record<Door, NodeFunction>>;
  readonly docs: NodeFunction;
  readonly logRetentionDays: number;
  /** For the whole API. */
  readonly stageThrottle: Throttle;
  /** Tighter limits for single operations, by their id. */
  readonly routeThrottles: Readonly<Record<string, Throttle>>;
  /** For each public path. */
  readonly publicThrottle: Throttle;
}

/** Beyond this the gateway answers 429. */
export interface Throttle {
  /** The steady rate. */
  readonly requestsPerSecond: number;
  /** Requests at the same moment on top of it. */
  readonly burst: number;
}

/** The gateway waits this much longer than the function may take, so that a late answer is the function's own. */
const GATEWAY_PATIENCE_SECONDS = 5;

/**
 * Fields of an access log line. No address of the caller, no path with ids, no claims, no user agent: a line says
 * that a kind of request was answered, how and how fast, and its id leads to the function's own log.
 */
const ACCESS_LOG_FIELDS = {
  requestId: '$context.requestId',
  routeKey: '$context.routeKey',
  status: '$context.status',
  responseLatencyMs: '$context.responseLatency',
  integrationLatencyMs: '$context.integrationLatency',
  responseBytes: '$context.responseLength',
} as const;

/** Loopback without TLS is let through for trials against an emulator; the real service refuses it by itself. */
const ISSUER_PATTERN = '^(https://[^ ]+|http://(127\\.0\\.0\\.1|localhost)(:[0-9]+)?(/[^ ]*)?)$';

/** An address, a name or an id, as issuers write it. */
const AUDIENCE_PATTERN = '^[!-~]{1,256}$';

const capitalised = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** `/v1/batches/{rest+}` as a part of an id: `V1BatchesRest`. */
const pathAsId = (path: string): string =>
  path
    .split(/[^A-Za-z0-9]+/u)
    .map(capitalised)
    .join('');

/**
 * One HTTP API for all doors. Each door has its issuer and audience, since its users log in at different places.
 *
 * Routes, authorizers and integrations are written as plain template elements: the higher constructs name an
 * integration after the first route that uses it, so that a new route could replace all the others.
 */
export class DoorApi extends Construct {
  readonly api: HttpApi;
  readonly stage: HttpStage;
  /** Routes with a limit of their own. */
  private readonly throttled: { readonly route: CfnRoute; readonly throttle: Throttle }[] = [];

  constructor(scope: Construct, id: string, props: DoorApiProps) {
    super(scope, id);
    this.api = new HttpApi(this, 'Api', {
      apiName: 'gruppstart',
      description: 'Gruppstart: doors for caseworkers, unit managers and coordinators',
      // No CORS either: clients are servers and our own console, never pages of another origin.
      createDefaultStage: false,
    });
    keepLogicalId(this.api, id);
    for (const id of Object.keys(props.routeThrottles)) {
      if (!props.routes.some((route) => route.id === id)) throw new Error(`There is no operation ${id} to throttle`);
    }
    for (const door of DOORS) this.addDoor(door, props);
    this.addPublicPaths(props);
    this.stage = this.addStage(props);
  }

  private addDoor(door: Door, props: DoorApiProps): void {
    const name = capitalised(door);
    const target = this.addIntegration(`${name}Integration`, props.doors[door]);
    const login = { authorizationType: 'JWT', authorizerId: this.addAuthorizer(door) };
    for (const route of props.routes.filter((candidate) => candidate.door === door)) {
      const element = this.addRoute(`${capitalised(route.id)}Route`, {
        ...login,
        routeKey: `${route.method} ${route.path}`,
        authorizationScopes: [route.scope],
        target,
      });
      const throttle = props.routeThrottles[route.id];
      if (throttle !== undefined) this.throttled.push({ route: element, throttle });
    }
    for (const path of props.catchAllPaths(door)) {
      this.addRoute(`${name}CatchAll${pathAsId(path)}`, { ...login, routeKey: `ANY ${path}`, target });
    }
  }

  private addPublicPaths(props: DoorApiProps): void {
    const target = this.addIntegration('DocsIntegration', props.docs);
    for (const path of props.publicPaths) {
      const route = this.addRoute(`Public${pathAsId(path)}`, {
        routeKey: `GET ${path}`,
        authorizationType: 'NONE',
        target,
      });
      Validations.of(route).acknowledge({
        id: 'AwsSolutions-APIG4',
        reason: 'The description of the API is public; the function behind it has no rights to any data.',
      });
      this.throttled.push({ route, throttle: props.publicThrottle });
    }
  }

  private addRoute(
    id: string,
    props: {
      readonly routeKey: string;
      readonly authorizationType: string;
      readonly authorizerId?: string;
      readonly authorizationScopes?: string[];
      readonly target: string;
    },
  ): CfnRoute {
    const route = new CfnRoute(this, id, { apiId: this.api.apiId, ...props });
    route.overrideLogicalId(id);
    return route;
  }

  private addAuthorizer(door: Door): string {
    const name = capitalised(door);
    const issuer = new CfnParameter(Stack.of(this), `${name}Issuer`, {
      description: `OpenID Connect issuer of those who use the ${door} door; its signing keys are fetched from there`,
      allowedPattern: ISSUER_PATTERN,
      constraintDescription: 'an https address',
    });
    const audience = new CfnParameter(Stack.of(this), `${name}Audience`, {
      description: `Audience that a token for the ${door} door must be issued for`,
      allowedPattern: AUDIENCE_PATTERN,
      constraintDescription: 'a name or an address without spaces, as the issuer writes it in the claim aud',
    });
    const authorizer = new CfnAuthorizer(this, `${name}Authorizer`, {
      apiId: this.api.apiId,
      name: door,
      authorizerType: 'JWT',
      identitySource: ['$request.header.Authorization'],
      jwtConfiguration: { issuer: issuer.valueAsString, audience: [audience.valueAsString] },
    });
    authorizer.overrideLogicalId(`${name}Authorizer`);
    return authorizer.ref;
  }

  /** The target of the routes that lead to a function. */
  private addIntegration(id: string, fn: NodeFunction): string {
    const integration = new CfnIntegration(this, id, {
      apiId: this.api.apiId,
      integrationType: 'AWS_PROXY',
      integrationUri: fn.function.functionArn,
      payloadFormatVersion: '2.0',
      timeoutInMillis: (fn.timeoutSeconds + GATEWAY_PATIENCE_SECONDS) * 1000,
    });
    integration.overrideLogicalId(id);
    // One permission for the whole API: one for each route would outgrow the function's policy of 20 KB.
    fn.function.addPermission('FromGateway', {
      principal: new ServicePrincipal('apigateway.amazonaws.com'),
      sourceArn: Stack.of(this).formatArn({
        service: 'execute-api',
        resource: this.api.apiId,
        resourceName: '*/*',
      }),
    });
    return `integrations/${integration.ref}`;
  }

  private addStage(props: DoorApiProps): HttpStage {
    const accessLogs = new LogGroup(this, 'AccessLogs', {
      retention: props.logRetentionDays,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const stage = new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      detailedMetricsEnabled: true,
      throttle: { rateLimit: props.stageThrottle.requestsPerSecond, burstLimit: props.stageThrottle.burst },
      accessLogSettings: {
        destination: new LogGroupLogDestination(accessLogs),
        format: AccessLogFormat.custom(JSON.stringify(ACCESS_LOG_FIELDS)),
      },
    });
    keepLogicalId(stage, `${this.node.id}Stage`);
    this.throttleRoutes(stage);
    return stage;
  }

  /** The service refuses settings for a route that is not there yet, so the stage waits for each of them. */
  private throttleRoutes(stage: HttpStage): void {
    const element = stage.node.defaultChild;
    if (!(element instanceof CfnStage)) throw new Error('The stage has no element of its own');
    element.routeSettings = Object.fromEntries(
      this.throttled.map(({ route, throttle }) => [
        route.routeKey,
        {
          ThrottlingRateLimit: throttle.requestsPerSecond,
          ThrottlingBurstLimit: throttle.burst,
          // Settings of a route replace those of the stage, also what they do not name.
          DetailedMetricsEnabled: true,
        },
      ]),
    );
    for (const { route } of this.throttled) element.addResourceDependency(route);
  }
}

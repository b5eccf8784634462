/** What journeys run against when JOURNEYS_ENVIRONMENT names this file: the stacks, deployed by the CDK command line. */
import { Instant } from '@gruppstart/domain/shared/local-date';
import { demoGrants } from '@gruppstart/local/demo/give-demo-grants';
import { makeBlobs } from '@gruppstart/store/blobs';
import { makeDynamodb } from '@gruppstart/store/dynamodb-client';
import { makeStore } from '@gruppstart/store/store';
import * as z from 'zod';
import {
  BEGINS,
  type EnvironmentWishes,
  type Inside,
  type JourneyControl,
  type JourneyEnvironment,
  type QueueDepth,
} from '../journeys/environment.ts';
import { parseLine, signerOf, tablesSeen } from '../journeys/looking-inside.ts';
import { rememberTokens } from '../journeys/remembered-tokens.ts';
import { callService, invokeFunction } from './call-service.ts';
import { type Deployment, deploy } from './deployment.ts';
import { ADMINISTRATOR, REGION } from './emulator.ts';
import { thisRunFolder } from './run-folder.ts';
import { workAround } from './workarounds.ts';

// Lambda runs in UTC.
process.env.TZ = 'UTC';

/** Instead of three and six minutes before a failed message comes again. */
const QUICK_RETRY_SECONDS = 15;

const queuesOf = ({ deployed }: Deployment): readonly string[] =>
  [...deployed.resources.GruppstartApp].filter(([, { type }]) => type === 'AWS::SQS::Queue').map(([id]) => id);

const Depth = z.object({
  Attributes: z.object({
    ApproximateNumberOfMessages: z.coerce.number(),
    ApproximateNumberOfMessagesNotVisible: z.coerce.number(),
  }),
});
const Received = z.object({ Messages: z.array(z.object({ Body: z.string() })).default([]) });
const Targets = z.object({ Targets: z.array(z.object({ Arn: z.string() })) });
const Configuration = z.object({ Configuration: z.object({ LoggingConfig: z.object({ LogGroup: z.string() }) }) });
const Events = z.object({
  events: z.array(z.object({ message: z.string() })),
  nextToken: z.string().optional(),
});

const sqs = (deployment: Deployment, action: string, queue: string, input: object): Promise<unknown> =>
  callService(deployment, 'sqs', action, { QueueUrl: deployment.idOf(queue), ...input });

/** CDK hangs a hash on the logical ids of what may be made anew. */
const idBeginning = ({ deployed }: Deployment, name: string): string => {
  const [id] = [...deployed.resources.GruppstartApp.keys()].filter((each) => each.replace(/[0-9A-F]{8}$/, '') === name);
  if (id === undefined) throw new Error(`The application has no ${name}`);
  return id;
};

const controlOf = (deployment: Deployment): JourneyControl => {
  const { clock } = deployment;
  return {
    nowMs: () => clock.nowMs(),
    async moveClock(move) {
      if ('toMs' in move) clock.moveTo(move.toMs);
      else clock.moveByMs(move.byDays * 86_400_000);
    },
    async fireSchedule(name) {
      const rule = deployment.idOf(idBeginning(deployment, name));
      const { Targets: targets } = Targets.parse(
        await callService(deployment, 'events', 'ListTargetsByRule', { Rule: rule }),
      );
      const [target] = targets;
      if (target === undefined) throw new Error(`${name} has no target`);
      return invokeFunction(deployment, target.Arn, { source: 'aws.events', 'detail-type': 'Scheduled Event' });
    },
    queueDepths: () =>
      Promise.all(
        queuesOf(deployment).map(async (queue): Promise<QueueDepth> => {
          const { Attributes } = Depth.parse(
            await sqs(deployment, 'GetQueueAttributes', queue, { AttributeNames: ['All'] }),
          );
          return {
            queue,
            isDeadLetter: queue.endsWith('DeadLetters'),
            waiting: Attributes.ApproximateNumberOfMessages,
            inFlight: Attributes.ApproximateNumberOfMessagesNotVisible,
          };
        }),
      ),
  };
};

const tableOf = ({ deployed }: Deployment, id: string): string => {
  const table = deployed.resources.GruppstartData.get(id);
  if (table === undefined) throw new Error(`The data stack has no ${id}`);
  return table.physicalId;
};

const logOf = async (deployment: Deployment, functionName: string) => {
  const known = await deployment.aws.fetch(
    `${deployment.endpoint}/2015-03-31/functions/${deployment.idOf(functionName)}`,
    { aws: { service: 'lambda' } },
  );
  const { LogGroup } = Configuration.parse(await known.json()).Configuration.LoggingConfig;
  const lines: string[] = [];
  let nextToken: string | undefined;
  do {
    const asked = { logGroupName: LogGroup, ...(nextToken === undefined ? {} : { nextToken }) };
    const answer = Events.parse(await callService(deployment, 'logs', 'FilterLogEvents', asked));
    lines.push(...answer.events.map(({ message }) => message));
    nextToken = answer.nextToken;
  } while (nextToken !== undefined);
  return lines.flatMap((line) => line.split('\n')).flatMap(parseLine);
};

const insideOf = async (deployment: Deployment): Promise<Inside> => {
  const at = { region: REGION, endpoint: deployment.endpoint, credentials: ADMINISTRATOR };
  const dynamodb = makeDynamodb(at);
  const tables = { coreTable: tableOf(deployment, 'CoreTable'), auditTable: tableOf(deployment, 'AuditTable') };
  return {
    issuer: deployment.issuer,
    ...(await signerOf(deployment.loginFolder)),
    ...tablesSeen(dynamodb, tables),
    invoke: (functionName, event) => invokeFunction(deployment, deployment.idOf(functionName), event),
    async sendMessage(queue, body) {
      await sqs(deployment, 'SendMessage', queue, { MessageBody: body });
    },
    async messagesIn(queue) {
      const answer = await sqs(deployment, 'ReceiveMessage', queue, { MaxNumberOfMessages: 10, VisibilityTimeout: 0 });
      return Received.parse(answer).Messages.map(({ Body }) => Body);
    },
    logOf: (functionName) => logOf(deployment, functionName),
    store: makeStore({
      dynamodb,
      ...tables,
      now: () => Instant.parse(new Date(deployment.clock.nowMs()).toISOString()),
    }),
    blobs: makeBlobs({ bucket: tableOf(deployment, 'Bucket'), ...at }),
  };
};

const hurryRetries = async (deployment: Deployment): Promise<void> => {
  for (const queue of queuesOf(deployment)) {
    await sqs(deployment, 'SetQueueAttributes', queue, {
      Attributes: { VisibilityTimeout: String(QUICK_RETRY_SECONDS) },
    });
  }
};

/** A deployment as journeys see it, at the hour at which all of them begin, with the demo users' rights in it. */
export const environmentOf = async (
  deployment: Deployment,
): Promise<JourneyEnvironment & { readonly control: JourneyControl; readonly inside: Inside }> => {
  deployment.clock.moveTo(Date.parse(BEGINS));
  const inside = await insideOf(deployment);
  await inside.invoke('GrantsFunction', { grants: demoGrants() });
  return {
    apiUrl: deployment.deployed.apiUrl,
    token: rememberTokens({ issuer: deployment.issuer, nowMs: () => deployment.clock.nowMs() }),
    control: controlOf(deployment),
    inside,
    close: () => deployment.stop(),
  };
};

/** A deployment of its own for one file of journeys, with the demo users' rights and nothing else in it. */
export const openEnvironment = async (wishes: EnvironmentWishes = {}): Promise<JourneyEnvironment> => {
  const deployment = await deploy(thisRunFolder());
  await workAround(deployment);
  if (wishes.quickRetries) await hurryRetries(deployment);
  return environmentOf(deployment);
};

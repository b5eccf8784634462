/**
 * Takes the place of `@smithy/core/event-streams`, which the SDK loads when an operation streams events. None that we
 * call does; should one be added, this says so at its first call.
 */
const refuse = (): never => {
  throw new Error('Event streams are left out of the bundles: see infra/src/build/left-out.ts');
};

export class EventStreamSerde {
  constructor() {
    refuse();
  }
}

export const eventStreamSerdeProvider = refuse;

import { type Fault, faultAt, faultsOf, type TemplateCheck } from './template-check.ts';
import { fieldsAt, isFields, listOf, type Placed, sameTarget, type TemplateView } from './template-view.ts';

const ALARMS = 'AWS::CloudWatch::Alarm';

const alarmSpeaks: TemplateCheck = {
  name: 'alarm-speaks',
  remedy:
    'An alarm that nobody gets, or that names a metric and not a person, wakes nobody who can do something. Say in Swedish and English who is affected, and tell the topic when it begins and when it is over.',
  faults: (view) =>
    faultsOf(view.all(ALARMS), (alarm) => {
      const { AlarmDescription, AlarmActions, OKActions } = alarm.properties;
      const [swedish = '', english = ''] = String(AlarmDescription ?? '').split('\n\n');
      if (swedish.length < 20 || english.length < 20) return 'does not say what it means in both languages';
      const [begins, ends] = [AlarmActions, OKActions].map((actions) => view.resource(alarm, listOf(actions)[0]));
      return (begins?.type !== 'AWS::SNS::Topic' || ends !== begins) && 'tells nobody, or not when it is over';
    }),
};

const watching = (view: TemplateView, metric: string, fn: Placed): boolean =>
  view
    .all(ALARMS)
    .some(
      (alarm) =>
        alarm.properties.MetricName === metric &&
        listOf(alarm.properties.Dimensions).some(
          (dimension) => isFields(dimension) && sameTarget(view.target(alarm, dimension.Value), fn),
        ),
    );

const functionWatched: TemplateCheck = {
  name: 'function-watched',
  remedy:
    'A function that fails, or is turned away, is noticed first by the people who use it. Let an alarm watch its errors and its throttles.',
  faults: (view) =>
    view
      .all('AWS::Lambda::Function')
      .flatMap((fn) =>
        ['Errors', 'Throttles']
          .filter((metric) => !watching(view, metric, fn))
          .map((metric) => faultAt(fn, `nobody watches ${metric}`)),
      ),
};

/** Given by whoever deploys: a default would be somebody else's login or address. */
const MUST_BE_GIVEN = /(?:Issuer|Audience|Email)$/u;
/** Written by CDK itself. */
const OF_CDK = 'BootstrapVersion';

const parametersChecked: TemplateCheck = {
  name: 'parameters-checked',
  remedy:
    'A parameter that takes anything is found to be wrong when the first user cannot log in. Describe it, say which values it takes, and give no default to what only the one who deploys can know.',
  faults: (view) =>
    Object.entries(view.templates).flatMap(([stack, { Parameters }]) =>
      Object.entries(Parameters ?? {}).flatMap(([id, parameter]): readonly Fault[] => {
        if (id === OF_CDK) return [];
        if (String(parameter.Description ?? '').length < 20) return [faultAt({ stack, id }, 'not described')];
        if (!('AllowedPattern' in parameter) && !('AllowedValues' in parameter))
          return [faultAt({ stack, id }, 'takes any value')];
        return MUST_BE_GIVEN.test(id) && 'Default' in parameter ? [faultAt({ stack, id }, 'has a default')] : [];
      }),
    ),
};

const apiAddressTold: TemplateCheck = {
  name: 'api-address-told',
  remedy:
    'Whoever has deployed needs the address, and so does every tool after that. Keep the output ApiAddress of the application’s stack.',
  faults: (view) => {
    const told = view.all('AWS::ApiGatewayV2::Api').map((api) => {
      const { Value } = fieldsAt(view.templates[api.stack]?.Outputs, 'ApiAddress');
      return sameTarget(view.target(api, Value), api) ? [] : [faultAt(api, 'no output ApiAddress')];
    });
    return told.flat();
  },
};

export const OPERATING_CHECKS: readonly TemplateCheck[] = [
  alarmSpeaks,
  functionWatched,
  parametersChecked,
  apiAddressTold,
];

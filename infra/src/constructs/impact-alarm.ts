import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

/** What an alarm means for people, not for machines. Both languages go into the same e-mail. */
export interface Impact {
  readonly sv: string;
  readonly en: string;
}

export interface ImpactAlarmProps {
  /** One metric and no arithmetic, so that the alarm works in every tool that reads the template. */
  readonly metric: IMetric;
  readonly impact: Impact;
  /** The alarm sounds when the metric is this much or more. */
  readonly from: number;
  /** Periods in a row. @default 1 */
  readonly periods?: number;
  /** Whether silence is a fault too, as when something should happen every minute. @default false */
  readonly silenceIsFault?: boolean;
  /** `below`: sounds when the metric is under `from`. @default 'reached' */
  readonly when?: 'reached' | 'below';
  readonly topic: ITopic;
}

/** An alarm whose text says who is affected and how. It also tells when the trouble is over. */
export class ImpactAlarm extends Alarm {
  constructor(scope: Construct, id: string, props: ImpactAlarmProps) {
    super(scope, id, {
      alarmDescription: `${props.impact.sv}\n\n${props.impact.en}`,
      metric: props.metric,
      threshold: props.from,
      evaluationPeriods: props.periods ?? 1,
      comparisonOperator:
        props.when === 'below'
          ? ComparisonOperator.LESS_THAN_THRESHOLD
          : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: props.silenceIsFault === true ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
    const action = new SnsAction(props.topic);
    this.addAlarmAction(action);
    this.addOkAction(action);
  }
}

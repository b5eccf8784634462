import { DOORS, type Door } from '@gruppstart/contracts/roles';
import type { Route } from '@gruppstart/contracts/route';
import { CfnOutput, CfnParameter, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { AccessLogField, AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  CorsHttpMethod as _unused,
} from 'aws-cdk-lib/aws-apigatewayv2';

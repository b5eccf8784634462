import { KMSClient } from '@aws-sdk/client-kms';
import { type ClientConfig, clientSettings } from './client-settings.ts';

/** In a file of its own: functions that never open a person do not carry it. */
export const makeKms = (config: ClientConfig): KMSClient => new KMSClient(clientSettings(config));

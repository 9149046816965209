import type {
  ProviderLook,
  SignInSettings,
  SignInSettingsAnswer,
} from '../../../src/domain/people/single-sign-on.ts';
import { type Answer, request } from '../../shell/page.ts';

const SETTINGS = '/api/enterprise/sign-in';

export type Draft = Pick<SignInSettings, 'passkeysNeeded' | 'singleSignOn'>;

export function readSettings(): Promise<Answer<SignInSettingsAnswer>> {
  return request('GET', SETTINGS);
}

/** `version` is that of the settings as they were seen. */
export function saveSettings(draft: Draft, version: number): Promise<Answer<SignInSettingsAnswer>> {
  return request('PUT', SETTINGS, { ...draft, version });
}

export function lookAt(issuer: string): Promise<Answer<ProviderLook>> {
  return request('POST', `${SETTINGS}/look`, { issuer });
}

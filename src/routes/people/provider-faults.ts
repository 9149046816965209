/** What can be wrong with a provider, or with what it said. `PROVIDER_FAULTS` has the words. */
export type ProviderFault =
  | 'bad-address'
  | 'unreachable'
  | 'no-discovery'
  | 'other-issuer'
  | 'no-code-flow'
  | 'refused-client'
  | 'refused-code'
  | 'bad-token'
  | 'said-no';

export const PROVIDER_FAULTS: Record<ProviderFault, string> = {
  'bad-address':
    'The issuer has to be an https address at a public name, such as https://login.clinic.example.',
  unreachable:
    'The provider did not answer in time. Check the address, and whether it can be reached from outside.',
  'no-discovery':
    'There is no OpenID discovery document at this issuer. Copy the issuer from the provider again, without /.well-known.',
  'other-issuer':
    'The provider calls itself by another issuer. Copy it exactly as its discovery document has it.',
  'no-code-flow':
    'The provider does not offer what is needed: the authorization code flow, a token address and its keys.',
  'refused-client': 'The provider does not accept our client id and secret. Check both.',
  'refused-code': 'The provider did not take the code back that it gave. Start again.',
  'bad-token': 'What the provider said about you could not be verified, so it was not believed. Start again.',
  'said-no': 'The provider did not sign you in.',
};

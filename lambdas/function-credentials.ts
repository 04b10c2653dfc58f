/**
 * Stands in bundles for the packages that look for credentials. Lambda gives a function the keys of its role as environment
 * variables (Lambda's guide, "Defined runtime environment variables"), where they look first. Where they would look next is
 * on other machines (profiles, single sign-on, instance metadata): a quarter of a bundle.
 */
import { fromEnv } from '@aws-sdk/credential-provider-env'

/** As `@aws-sdk/credential-provider-node` names it, for AWS's clients. */
export const defaultProvider = fromEnv

/** As `@aws-sdk/credential-providers` does, for the signer of MSK's tokens. */
export const fromNodeProviderChain = fromEnv

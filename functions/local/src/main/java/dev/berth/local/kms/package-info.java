/**
 * The local host's own KMS: keys that encrypt the files of repositories. Under {@code REGION/kms}:
 *
 * <pre>
 * ACCOUNT/aliases/NAME           the id of the key that an alias names; + stands for a slash
 * ACCOUNT/keys/ID/material       its secret, for good
 * ACCOUNT/keys/ID/state          Enabled or Disabled; there is no key without it
 * ACCOUNT/keys/ID/grants/NAME    what a grant of this name allows
 * </pre>
 *
 * All of it is the owner's alone. Each file is one fact and is written whole, so that a running
 * host and the commands change them at the same time and see each other's changes at once.
 */
package dev.berth.local.kms;

/**
 * How deployments replicate into each other: over the API, as the replication roles of accounts.
 */
package dev.berth.lambda.replication;

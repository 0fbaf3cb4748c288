/**
 * Who there is in an account. Identities are the account's in all regions, so they are kept in one
 * table, that of the deployment's home region.
 */
package dev.berth.registry.identity;

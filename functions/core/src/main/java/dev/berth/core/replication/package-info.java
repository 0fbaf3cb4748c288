/**
 * To where the images of a registry are to be replicated, and what deployments agreed on for it.
 */
package dev.berth.core.replication;

/**
 * What happened in a deployment's registries, on its way to an event bus: a record is written in
 * the transaction of the change that it tells of, and goes when the bus has its events.
 */
package dev.berth.registry.outbox;

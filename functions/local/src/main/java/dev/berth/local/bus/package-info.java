/**
 * The local host's event bus, in place of EventBridge: rules with patterns, and targets that are
 * tried again until a dead letter is written.
 */
package dev.berth.local.bus;

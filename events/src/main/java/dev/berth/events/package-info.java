/**
 * A registry's EventBridge events as types, for those who consume them: {@link
 * dev.berth.events.EcrEvents} reads and writes their JSON. The JSON schemas (draft 4, which the
 * EventBridge schema registry takes) are resources of this package.
 */
package dev.berth.events;

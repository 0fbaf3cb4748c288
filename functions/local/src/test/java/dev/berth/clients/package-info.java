/**
 * Real clients against a running registry, which is a process of its own. Each class drives one
 * client and is skipped, with the reason, where the client is not installed.
 */
package dev.berth.clients;

/** A Lambda function that tells a webhook of what a registry's events are worth telling. */
package dev.berth.samples.events;

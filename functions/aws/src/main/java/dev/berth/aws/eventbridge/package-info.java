/** The bus of events, and of what functions ask of each other, on Amazon EventBridge. */
package dev.berth.aws.eventbridge;

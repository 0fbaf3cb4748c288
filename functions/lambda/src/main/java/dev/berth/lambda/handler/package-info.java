/** The Lambda functions, one class each, and the events that AWS invokes them with. */
package dev.berth.lambda.handler;

/** AWS STS: who the caller is, and temporary credentials; one class an action. */
package dev.berth.lambda.sts;

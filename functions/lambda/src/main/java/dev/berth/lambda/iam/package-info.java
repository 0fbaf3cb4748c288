/** The API of IAM that a registry needs, in AWS's query protocol. */
package dev.berth.lambda.iam;

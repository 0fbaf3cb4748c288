/** The ports on AWS: DynamoDB and S3. */
package dev.berth.aws;

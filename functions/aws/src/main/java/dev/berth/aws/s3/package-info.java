/** The port of objects on S3. */
package dev.berth.aws.s3;

/** The port of encryption keys on AWS KMS. */
package dev.berth.aws.kms;

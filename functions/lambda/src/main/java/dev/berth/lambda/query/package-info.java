/**
 * AWS's query protocol, which IAM and STS speak: parameters as a form, answers in XML. An API of it
 * is its service's name and version, and a table of actions.
 */
package dev.berth.lambda.query;

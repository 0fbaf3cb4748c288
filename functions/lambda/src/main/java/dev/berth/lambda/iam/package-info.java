/**
 * The API of IAM, in AWS's query protocol: users, access keys, roles and managed policies. {@code
 * IamActions} is the table of what there is. Actions that users and roles have alike are one class
 * over an {@code EntityKind}. What the store of identities refuses, {@code StoreErrors} answers in
 * IAM's words.
 */
package dev.berth.lambda.iam;

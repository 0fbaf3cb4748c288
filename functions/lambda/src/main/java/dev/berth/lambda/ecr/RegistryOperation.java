package dev.berth.lambda.ecr;

/** An operation on the caller's own registry, which IAM has no ARN for. */
interface RegistryOperation<I, O> extends Operation<I, O> {

  @Override
  default String resource(I request, Caller caller) {
    return "*";
  }

  /** The account whose registry it is. */
  default String account(Caller caller) {
    return caller.principal().account();
  }
}

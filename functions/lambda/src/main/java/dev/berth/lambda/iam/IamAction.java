package dev.berth.lambda.iam;

import java.util.List;

/** One action of the IAM API. */
interface IamAction {

  /** As in the model, and as the action's class is called: {@code GetRole}. */
  default String name() {
    return getClass().getSimpleName();
  }

  /**
   * The ARN that the action is on; {@code *} where it has none.
   *
   * @throws IamError if the parameters do not meet the model's constraints
   */
  String resource(IamRequest request);

  /**
   * Does it.
   *
   * @return what the result holds; empty for an action that answers nothing
   * @throws IamError what the action refuses
   */
  List<Element> run(IamRequest request);
}

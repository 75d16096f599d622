"""What must work before constraints are published: Airflow's core as users of these pins will have it."""

import unittest
from datetime import datetime

from airflow.sdk import DAG, task


def build_dag() -> DAG:
    with DAG(dag_id="example", start_date=datetime(2026, 1, 1), schedule=None) as dag:

        @task
        def extract() -> list[int]:
            return [1, 2, 3]

        @task
        def load(values: list[int]) -> int:
            return sum(values)

        load(extract())
    return dag


class WithConstraints(unittest.TestCase):
    def test_tasks_know_their_order(self) -> None:
        dag = build_dag()
        self.assertEqual(dag.get_task("extract").downstream_task_ids, {"load"})

    def test_a_dag_survives_serialisation(self) -> None:
        from airflow.serialization.serialized_objects import DagSerialization

        data = DagSerialization.to_dict(build_dag())
        self.assertEqual(data["dag"]["dag_id"], "example")
        self.assertEqual(len(data["dag"]["tasks"]), 2)


if __name__ == "__main__":
    unittest.main()

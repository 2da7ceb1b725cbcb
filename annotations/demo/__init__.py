"""The demonstration newsroom: made-up people and places, real stages. Built through the same operations as any work."""

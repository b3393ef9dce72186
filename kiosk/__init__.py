"""The customers' ticket machine: a touch screen in the hall's entrance."""
